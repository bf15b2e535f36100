// Small pastes go in, large ones are asked about, and none brings in what a terminal obeys.

import { expect, test } from "bun:test";
import { cleanPaste, joinLines, judgePaste, pasteBytesMax, pasteLinesMax } from "./paste.ts";

const lines = (count: number) => Array.from({ length: count }, () => "line").join("\n");

test("asks about more lines than go in without a question", () => {
  expect(judgePaste(lines(pasteLinesMax))).toMatchObject({ lines: 5, kind: "insert" });
  expect(judgePaste(lines(pasteLinesMax + 1))).toMatchObject({ lines: 6, kind: "confirm" });
  expect(judgePaste(`${lines(pasteLinesMax)}\n`)).toMatchObject({ lines: 5, kind: "insert" });
  expect(judgePaste(lines(6).replaceAll("\n", "\r"))).toMatchObject({ lines: 6, kind: "confirm" });
});

test("asks about more bytes than go in without a question", () => {
  expect(judgePaste("a".repeat(pasteBytesMax))).toMatchObject({ bytes: 2048, kind: "insert" });
  expect(judgePaste("a".repeat(pasteBytesMax + 1))).toMatchObject({ kind: "confirm" });
  expect(judgePaste("한".repeat(683))).toMatchObject({ bytes: 2049, lines: 1, kind: "confirm" });
});

test("cleans what is pasted", () => {
  expect(cleanPaste("a\r\nb\rc\nd")).toBe("a\nb\nc\nd");
  expect(cleanPaste("\tx")).toBe("    x");
  expect(cleanPaste("a\u001b[201~b\u0000\u009b2J\u007f\u202e")).toBe("a[201~b2J");
  expect(cleanPaste("한글".normalize("NFD"))).toBe("한글");
  expect(cleanPaste("👨‍👩‍👧‍👦 नमस्ते")).toBe("👨‍👩‍👧‍👦 नमस्ते");
});

test("joins lines with one space", () => {
  expect(joinLines("one\r\n  two  \n\n\nthree\n")).toBe("one two three");
  expect(joinLines("\n")).toBe("");
});
