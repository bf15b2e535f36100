// The box shows what is typed, and the caret where the next letter will stand.

import { expect, test } from "bun:test";
import { editorOf } from "./editor.ts";
import { editorRows } from "./editor-rows.ts";

const rowsOf = (marked: string, width: number) =>
  editorRows(editorOf(marked.replace("|", ""), marked.indexOf("|")), width);

test("shows an empty text as one row", () => {
  expect(rowsOf("|", 5)).toEqual({ rows: [""], caretRow: 0, caretColumn: 0 });
});

test("counts the caret's column in cells", () => {
  expect(rowsOf("한글|a", 10)).toEqual({ rows: ["한글a"], caretRow: 0, caretColumn: 4 });
  expect(rowsOf("👨‍👩‍👧‍👦|", 10)).toMatchObject({ caretColumn: 2 });
});

test("puts the caret behind a full row at the start of the next", () => {
  expect(rowsOf("hello|", 5)).toEqual({ rows: ["hello", ""], caretRow: 1, caretColumn: 0 });
  expect(rowsOf("hello |", 5)).toEqual({ rows: ["hello", ""], caretRow: 1, caretColumn: 0 });
  expect(rowsOf("hello|\nx", 5)).toEqual({ rows: ["hello", "", "x"], caretRow: 1, caretColumn: 0 });
  expect(rowsOf("hell|o", 5)).toEqual({ rows: ["hello"], caretRow: 0, caretColumn: 4 });
});

test("keeps the caret in the box among spaces that hang over its edge", () => {
  expect(rowsOf("hello | world", 5)).toEqual({
    rows: ["hello", "world"],
    caretRow: 0,
    caretColumn: 4,
  });
  expect(rowsOf("hello |world", 5)).toMatchObject({ caretRow: 1, caretColumn: 0 });
});

test("shows every line, and the caret on an empty one", () => {
  expect(rowsOf("a\n|", 5)).toEqual({ rows: ["a", ""], caretRow: 1, caretColumn: 0 });
  expect(rowsOf("a\n|\nb", 5)).toEqual({ rows: ["a", "", "b"], caretRow: 1, caretColumn: 0 });
});
