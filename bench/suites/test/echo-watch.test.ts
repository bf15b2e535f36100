// What counts as an echo: the text before the cursor, whole, and nothing that only looks like it.

import { expect, test } from "bun:test";
import { screenSize } from "../client/client-terminal.ts";
import { TerminalCells } from "../client/terminal-cells.ts";
import { EchoWatch, inputBefore } from "../client/typing.ts";

const left = 4;
/** The two lowest rows of a screen, and the cursor behind the last of them. */
const sight = (above: string, row: string) => ({
  rows: [above.padEnd(screenSize.width), row.padEnd(screenSize.width)],
  cursor: { x: row.length, y: 1 },
});

function watchOf(text: string): EchoWatch {
  const watch = new EchoWatch(text, left);
  for (let at = 0; at < text.length; at++) watch.written(at * 10);
  return watch;
}

test("a key is echoed by the first frame that has it and all before it", () => {
  const watch = watchOf("abc");
  watch.look(sight("", "r0> a"), 4);
  watch.look(sight("", "r0> abc"), 25);
  expect(watch.echoMs).toEqual([4, 15, 5]);
  expect(watch.isWhole).toBe(true);
});

test("after a lost key nothing is an echo any more", () => {
  const watch = watchOf("abcdef");
  watch.look(sight("", "r0> ab"), 30);
  watch.look(sight("", "r0> abd"), 40);
  watch.look(sight("", "r0> abdef"), 60);
  expect(watch.echoMs.length).toBe(2);
  expect(watch.isWhole).toBe(false);
});

test("an input of several rows is read over all of them, and no further", () => {
  const full = "x".repeat(screenSize.width - left);
  expect(inputBefore(sight(`r0> ${full}`, "    ab"), left)).toBe(`${full}ab`);
  expect(inputBefore(sight("● online  ann ────", "r0> ab"), left)).toBe("ab");
});

test("a screen is what was drawn at the end of a frame, in whatever pieces it came", () => {
  const frames: string[] = [];
  const size = { width: 6, height: 2 };
  const cells: TerminalCells = new TerminalCells(size, () => frames.push(cells.rows.join("|")));
  const drawn = "\x1b]2;title\x07\x1b[?2026h\x1b[2;3H\x1b[38;5;2mab\x1b[0m\x1b[1;1H한\x1b[?2026l";
  for (const piece of drawn) cells.write(piece);
  cells.write("\x1b[2;4Hc\x1b[2J\x1b[2;1Hd\x1b[?2026l");
  expect(frames).toEqual(["한     |  ab  ", "      |d     "]);
  expect(cells.cursor).toEqual({ x: 1, y: 1 });
});
