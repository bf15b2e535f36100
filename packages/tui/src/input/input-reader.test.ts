import { expect, test } from "bun:test";
import { VirtualClock } from "@maru/testkit";
import { InputReader } from "./input-reader.ts";
import { escapeMs, loneKeyMs, loneKeysMax, pasteEndMs } from "./input-tokens.ts";
import type { TerminalInput } from "./terminal-input.ts";

function reading() {
  const clock = new VirtualClock();
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

const stalled = () => {
  const paste = reading();
  paste.read("\x1b[200~one\rtwo\r");
  paste.clock.advance(1400);
  expect(paste.heard.splice(0)).toEqual([{ type: "paste", text: "one\rtwo\r", isCut: true }]);
  return paste;
};

test("a paste that pauses goes on as a paste, not as keys, and its end is its end", () => {
  const { heard, read } = stalled();
  read("y\rthree\rfour\x1b[201~x\r");
  expect(heard).toEqual([
    { type: "paste", text: "y\rthree\rfour", isCut: true },
    { type: "key", chord: "x", text: "x" },
    { type: "key", chord: "enter", text: "" },
  ]);
});

test("a paste goes on after a pause however its bytes come", () => {
  const { clock, heard, read } = stalled();
  for (const letter of "y\rthree\r") {
    read(letter);
    clock.advance(loneKeyMs - 1);
  }
  expect(heard).toEqual([]);
  // It pauses once more, and ends at last.
  clock.advance(pasteEndMs);
  read("yes\r");
  for (const letter of "no\r\x1b[201~") read(letter);
  read("a");
  expect(heard).toEqual([
    { type: "paste", text: "y\rthree\r", isCut: true },
    { type: "paste", text: "yes\rno\r", isCut: true },
    { type: "key", chord: "a", text: "a" },
  ]);
});

test("single keys behind a paste that never ends are keys, and a person's Enter too", () => {
  const { clock, heard, read } = stalled();
  const typed = ["\r", "y", "한", "\x1b[A", "\x03"];
  for (const key of typed) {
    read(key);
    clock.advance(escapeMs);
  }
  expect(heard.map((input) => (input.type === "key" ? input.chord : input.type))).toEqual([
    ...["enter", "y", "한", "up", "ctrl-c"],
  ]);
  heard.splice(0);
  // What comes at once is a paste still; but not for ever.
  read("ls\r");
  clock.advance(pasteEndMs);
  expect(heard.splice(0)).toEqual([{ type: "paste", text: "ls\r", isCut: true }]);
  for (let keys = 0; keys < loneKeysMax; keys += 1) {
    read("a");
    clock.advance(loneKeyMs);
  }
  expect(heard.splice(0)).toHaveLength(loneKeysMax);
  read("ls\r");
  expect(heard).toHaveLength(3);
});

test("an Escape alone gives the keyboard back at once", () => {
  const { clock, heard, read } = stalled();
  read("\x1b");
  clock.advance(escapeMs);
  read("after\r");
  expect(heard.map((input) => (input.type === "key" ? input.chord : input.type)).join(" ")).toBe(
    "escape a f t e r enter",
  );
});

test("a new paste, the focus and the mouse are told behind a paste without end", () => {
  const { heard, read } = stalled();
  read("\x1b[O\x1b[I\x1b[<65;1;1M\x1b[200~new\x1b[201~ab");
  const types: readonly string[] = heard.map(({ type }) => type);
  expect(types).toEqual(["focused", "focused", "wheel", "paste", "key", "key"]);
  expect(heard[3]).toEqual({ type: "paste", text: "new", isCut: false });
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
