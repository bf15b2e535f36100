import { expect, test } from "bun:test";
import type { TerminalInput } from "../screen/terminal-input.ts";
import { InputReader } from "./input-reader.ts";
import { escapeMs, pasteEndMs } from "./input-tokens.ts";
import { TestClock } from "./test-clock.ts";

function reading() {
  const clock = new TestClock();
  const heard: TerminalInput[] = [];
  const reader = new InputReader(clock, (input) => heard.push(input));
  return {
    clock,
    heard,
    reader,
    read: (text: string) => reader.read(new TextEncoder().encode(text)),
  };
}

test("Escape is a key after its time, not before, and not when something follows", () => {
  const { clock, heard, read } = reading();
  read("\x1b");
  clock.advance(escapeMs - 1);
  expect(heard).toEqual([]);
  clock.advance(1);
  expect(heard).toEqual([{ type: "key", chord: "escape", text: "" }]);
  read("\x1b");
  read("[A");
  clock.advance(escapeMs);
  expect(heard.slice(1)).toEqual([{ type: "key", chord: "up", text: "" }]);
});

test("a paste waits as long as it comes, and ends with the silence", () => {
  const { clock, heard, read } = reading();
  read("\x1b[200~one");
  for (let time = 0; time < 5; time += 1) {
    clock.advance(pasteEndMs - 1);
    read(" more");
  }
  expect(heard).toEqual([]);
  clock.advance(pasteEndMs);
  expect(heard).toEqual([{ type: "paste", text: "one more more more more more", isCut: true }]);
  read("\x1b[201~x");
  expect(heard.slice(1)).toEqual([{ type: "key", chord: "x", text: "x" }]);
});

test("a sequence that comes slowly is still one, a reply in two halves is none", () => {
  const { clock, heard, read } = reading();
  read("\x1b[1;");
  clock.advance(500);
  read("5D");
  read("\x1b]11;rgb:12");
  clock.advance(900);
  read("34/0/0\x07");
  expect(heard).toEqual([{ type: "key", chord: "ctrl-left", text: "" }]);
});

test("what was begun before the terminal was lent is forgotten", () => {
  const { clock, heard, reader, read } = reading();
  read("\x1b[200~half");
  reader.reset();
  read("a");
  clock.advance(pasteEndMs);
  expect(heard).toEqual([{ type: "key", chord: "a", text: "a" }]);
});
