// Rows end where a reader would end them.

import { expect, test } from "bun:test";
import { cellWidth, cutToWidth, padToWidth } from "./cell-width.ts";
import { graphemesOf, nextGrapheme, previousGrapheme } from "./graphemes.ts";
import { wrap } from "./wrap.ts";

const rows = (text: string, width: number) => wrap(text, width).map((row) => row.text);

test("breaks at spaces, and drops those at which it broke", () => {
  expect(rows("hello world", 5)).toEqual(["hello", "world"]);
  expect(rows("hello   world", 7)).toEqual(["hello", "world"]);
  expect(rows("a bc def", 4)).toEqual(["a bc", "def"]);
  expect(rows("  indented", 20)).toEqual(["  indented"]);
});

test("ends a row at each newline, and keeps empty lines", () => {
  expect(rows("", 5)).toEqual([""]);
  expect(rows("a\n\nb\n", 5)).toEqual(["a", "", "b", ""]);
  expect(rows("hello\nworld", 5)).toEqual(["hello", "world"]);
});

test("says where in the text each row stands", () => {
  expect(wrap("ab cd\nef", 2)).toEqual([
    { start: 0, end: 2, text: "ab" },
    { start: 3, end: 5, text: "cd" },
    { start: 6, end: 8, text: "ef" },
  ]);
});

test("breaks Korean, Chinese and Japanese anywhere between letters", () => {
  expect(rows("안녕하세요 여러분", 6)).toEqual(["안녕하", "세요", "여러분"]);
  expect(rows("漢字かな交じり", 5)).toEqual(["漢字", "かな", "交じ", "り"]);
  expect(rows("ok안녕", 4)).toEqual(["ok안", "녕"]);
});

test("a word that is wider than a row is cut where a letter ends", () => {
  expect(rows("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
  expect(rows("x abcdefghij", 4)).toEqual(["x", "abcd", "efgh", "ij"]);
  expect(rows("ae\u0301ie\u0301o", 2)).toEqual(["ae\u0301", "ie\u0301", "o"]);
});

test("a letter wider than the row takes one for itself", () => {
  expect(rows("가a나", 1)).toEqual(["가", "a", "나"]);
  expect(rows("👨‍👩‍👧‍👦👍🏽", 1)).toEqual(["👨‍👩‍👧‍👦", "👍🏽"]);
  expect(rows("abc", 0)).toEqual(["a", "b", "c"]);
});

test("16 KiB of anything hostile are wrapped in one pass", () => {
  const lots = 16_384;
  for (const piece of [
    "\u200b",
    "\u0301",
    " ",
    "\u1100",
    "👩\u200d",
    "क\u094d",
    "🇰",
    "\u0600",
    "가 ",
  ]) {
    const text = piece.repeat(lots / piece.length);
    let end = 0;
    for (const row of wrap(text, 80)) {
      expect(row.start).toBeGreaterThanOrEqual(end);
      end = row.end;
    }
  }
});

test("cuts to a width with an ellipsis, and never half a letter", () => {
  expect(cutToWidth("hello", 5)).toBe("hello");
  expect(cutToWidth("hello!", 5)).toBe("hell…");
  expect(cutToWidth("안녕하세요", 6)).toBe("안녕…");
  expect(cutToWidth("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3)).toBe("👨‍👩‍👧‍👦…");
  expect(cutToWidth("hello!", 5, "")).toBe("hello");
  expect(cutToWidth("hello!", 2, "...")).toBe("he");
  expect(cutToWidth("가나", 1)).toBe("…");
  expect(cutToWidth("가나", 0)).toBe("");
});

test("pads by cells, not by letters", () => {
  expect(padToWidth("한", 4)).toBe("한  ");
  expect(padToWidth("hello", 3)).toBe("hello");
});

test("finds graphemes on both sides of a place", () => {
  const text = "a한👨‍👩‍👧‍👦e\u0301🇰🇷b";
  const graphemes = ["a", "한", "👨‍👩‍👧‍👦", "e\u0301", "🇰🇷", "b"];
  expect(graphemesOf(text)).toEqual(graphemes);
  let at = 0;
  for (const grapheme of graphemes) {
    expect(nextGrapheme(text, at)).toBe(at + grapheme.length);
    expect(previousGrapheme(text, at + grapheme.length)).toBe(at);
    at += grapheme.length;
  }
  expect(nextGrapheme(text, text.length)).toBe(text.length);
  expect(previousGrapheme(text, 0)).toBe(0);
  expect(cellWidth(text)).toBe(9);
});
