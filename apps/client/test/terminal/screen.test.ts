// What reaches a real pseudo-terminal: frames, the cursor, the client's own sequences, nothing else.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { processTestMs } from "@maru/testkit";
import { ownSequenceProblem } from "@maru/tui/terminal";
import { EchoPty } from "./echo-pty.ts";

setDefaultTimeout(processTestMs);

let pty: EchoPty;
afterEach(() => pty.close());

const endOfFrame = "\x1b[?2026l";

/** Shows rows and waits for the whole frame that has them. */
async function show(rows: string[], caret?: { x: number; y: number } | null): Promise<string> {
  const from = pty.raw.length;
  pty.order({ do: "show", rows, caret });
  await pty.until(() => pty.raw.slice(from).includes(endOfFrame));
  return pty.raw.slice(from);
}

test("the cursor stands at the caret after every frame, and is hidden without one", async () => {
  pty = await EchoPty.start();
  expect(pty.raw).toEndWith(`\x1b[1;3H\x1b[?25h${endOfFrame}`);
  expect(await show(["ready", "changed"])).toEndWith(`\x1b[1;3H\x1b[?25h${endOfFrame}`);
  expect(await show(["ready"], { x: 5, y: 3 })).toEndWith(`\x1b[4;6H\x1b[?25h${endOfFrame}`);
  const hidden = await show(["more"], null);
  expect(hidden).toContain("\x1b[?25l");
  expect(hidden).not.toContain("\x1b[?25h");
});

test("only the client's own sequences reach the terminal, and no question that it was not told to ask", async () => {
  pty = await EchoPty.start();
  await show(["한글", "두 번째", "third"], { x: 0, y: 0 });
  for (const order of [{ do: "ring" }, { do: "mouse", text: "on" }, { do: "mouse", text: "off" }]) {
    pty.order(order);
  }
  pty.order({ do: "title", text: "a\x1b]2;evil\x07\u009b31m title" });
  pty.order({ do: "notify", text: "9;\x07you\x1b\\ have; mail" });
  pty.order({ do: "redraw" });
  pty.resize(20, 4);
  pty.order({ do: "end" });
  await pty.exited;
  await pty.until(() => pty.raw.includes("\x1b[23;0t"));
  expect(ownSequenceProblem(pty.raw)).toBeNull();
  expect(pty.raw).toContain("\x1b]2;a ]2;evil 31m title\x1b\\");
  expect(pty.raw).toContain("\x1b]777;notify;a,b;9, you \\ have, mail\x1b\\");
  expect(pty.raw).toContain("\x1b]9;a,b: 9, you \\ have, mail\x1b\\");
  expect(pty.raw).not.toContain("\x1b]12");
});

test("bell and notification never stand within a frame's sequence", async () => {
  pty = await EchoPty.start();
  for (let at = 0; at < 50; at += 1) {
    pty.order({ do: "show", rows: Array.from({ length: 10 }, (_, y) => `row ${y} of ${at}`) });
    pty.order({ do: at % 2 === 0 ? "ring" : "notify", text: "hello" });
  }
  pty.order({ do: "end" });
  await pty.exited;
  await pty.until(() => pty.raw.includes("\x1b[23;0t"));
  expect(ownSequenceProblem(pty.raw)).toBeNull();
  expect(pty.raw.split("\x1b]777;").length).toBe(26);
});

test("sizes change in a storm, down to one cell, and the last one is drawn", async () => {
  pty = await EchoPty.start();
  for (let at = 0; at < 100; at += 1) pty.resize(1 + ((at * 37) % 200), 1 + ((at * 13) % 60));
  pty.resize(1, 1);
  pty.resize(33, 7);
  await pty.until(() => pty.told.some((told) => told.type === "resized" && told.size.width === 33));
  const from = pty.raw.length;
  pty.order({ do: "show", rows: ["one", "two", "three", "four", "five", "six", "seven!"] });
  await pty.until(() => pty.raw.slice(from).includes("seven!"));
  expect(pty.told.at(-1)).toEqual({ type: "resized", size: { width: 33, height: 7 } });
  expect(ownSequenceProblem(pty.raw)).toBeNull();
});

test("a redraw writes every cell again", async () => {
  pty = await EchoPty.start();
  await show(["first", "second"]);
  const from = pty.raw.length;
  pty.order({ do: "redraw" });
  await pty.until(() => /first.*second.*\?2026l$/s.test(pty.raw.slice(from)));
});

test("text that leads to an address is a link, and one that is hostile is none", async () => {
  pty = await EchoPty.start();
  const rows = ["https://example.org/한글", "https://example.org/a;b?c=1", "http:\x1b]52;c;"];
  const shown = await show(rows);
  expect(shown).toContain(";https://example.org/%ED%95%9C%EA%B8%80\x1b\\");
  expect(shown).toContain(";https://example.org/a;b?c=1\x1b\\");
  expect(shown.split("\x1b]8;id=")).toHaveLength(3);
  expect(ownSequenceProblem(shown)).toBeNull();
});

test("control characters in a frame, which must not be there, come to nothing", async () => {
  pty = await EchoPty.start();
  const hostile = [
    "\x1b[2J\x1b]52;c;aGk=\x07one",
    "\u009b31mtwo\x1b",
    "\x1b]8;;x\x1b\\three\r\n\b\x1bc",
  ];
  const shown = await show(hostile);
  expect(ownSequenceProblem(shown)).toBeNull();
  expect(shown).not.toContain("\x1b[2J");
  expect(shown).not.toContain("\x1b]8;;x");
});
