// Bytes to texts: long lines, empty lines, and what can't be sent.

import { expect, test } from "bun:test";
import { type Cut, InputError, LineCutter } from "./line-cutter.ts";
import { joiner } from "./mark.ts";

function cut(input: string | Uint8Array): Cut[] {
  const cutter = new LineCutter({ textBytesMax: 20 });
  return [...cutter.push(Buffer.from(input as string)), ...cutter.end()];
}

test("gives each line as one text, and knows its number", () => {
  expect(cut("one\n둘\n")).toEqual([
    { line: 1, text: "one" },
    { line: 2, text: "둘" },
  ]);
});

test("an empty line is a text that is only its newline", () => {
  expect(cut("\na\n\n").map(({ text }) => text)).toEqual(["\n", "a", "\n"]);
});

test("a last line without a newline counts as a line", () => {
  expect(cut("a\nb").map(({ text }) => text)).toEqual(["a", "b"]);
});

test("a line that is too long goes on in the next text, cut between letters", () => {
  const texts = cut(`${"가".repeat(9)}\n`).map(({ text }) => text);
  expect(texts).toEqual(["가".repeat(5) + joiner, "가".repeat(4)]);
  const family = "👨‍👩‍👧";
  expect(cut(`ab${family}\n`).map(({ text }) => text)).toEqual([`ab${family}`]);
  expect(cut(`abc${family}\n`).map(({ text }) => text)).toEqual([`abc${joiner}`, family]);
});

test("texts before a bad line are given before it throws", () => {
  const cutter = new LineCutter({ textBytesMax: 20 });
  const seen: string[] = [];
  const take = () => {
    for (const { text } of cutter.push(Buffer.from("fine\nbad\u0001\nnever\n"))) seen.push(text);
  };
  expect(take).toThrow(new InputError(2, "the control character U+0001 can't be sent"));
  expect(seen).toEqual(["fine"]);
});

test("refuses what is not UTF-8, C1 controls and a carriage return, by line", () => {
  expect(() => cut(new Uint8Array([0x61, 0x0a, 0xff, 0x0a]))).toThrow("line 2: this is not UTF-8");
  expect(() => cut("a\u009bb\n")).toThrow("U+009B");
  expect(() => cut("a\r\n")).toThrow("line 1: the control character U+000D");
});
