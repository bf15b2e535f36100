// What is drawn of signs with an emoji selector.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { cellWidth } from "./cell-width.ts";
import { avoiding, drawnText } from "./drawn-text.ts";
import { graphemesOf } from "./graphemes.ts";
import { sanitizeScreenLine } from "./sanitize.ts";
import { symbolClasses } from "./symbol-classes.ts";

test("a sign with a selector is drawn without it, as wide as every terminal draws it", () => {
  expect(drawnText("a ❤️ b ☎️")).toBe("a ❤ b ☎");
  expect(["❤️", "☎️", "ℹ️"].map(cellWidth)).toEqual([1, 1, 1]);
});

test("what is wide by itself, or joined with more, stays as it is", () => {
  const texts = ["👍🏽", "🏳️‍🌈", "❤️‍🔥", "1️⃣", "🇰🇷", "한글", "plain"];
  expect(texts.map((text) => drawnText(text))).toEqual(texts);
  expect(cellWidth("👍️")).toBe(2);
});

const names = symbolClasses.map(({ name }) => name);
const all = avoiding(names);

test("what a terminal counts otherwise is drawn as a reader can still take it", () => {
  const drawn = {
    "👍🏽": "👍",
    "🏽": "〓",
    "🫨!": "〓!",
    "\u{11f04}": "\ufffd",
    "a\u0897": "a",
    "👨‍👩‍👧": "👨",
    "🧑🏽‍🤝‍🧑🏿": "🧑",
    "🏳️‍🌈": "🏳 ",
    "1️⃣": "1⃣ ",
    "🇰🇷": "KR",
    "🏴\u{e0067}\u{e0062}\u{e007f}": "🏴",
    "☰": "〓",
    क्‍ष: "क्‍ष",
    "한글 ❤": "한글 ❤",
  };
  const found = Object.keys(drawn).map((text) => [text, drawnText(text, all)] as const);
  expect(Object.fromEntries(found)).toEqual(drawn);
});

test("each sample is one letter, of its class, and drawn otherwise where it is avoided", () => {
  for (const { name, sample, signs } of symbolClasses) {
    expect([name, graphemesOf(sample).length]).toEqual([name, 1]);
    expect([name, new RegExp(`[${signs}]`, "u").test(sample)]).toEqual([name, true]);
    expect(drawnText(sample, avoiding([name]))).not.toBe(sample);
    expect(drawnText(sample)).toBe(sample);
  }
});

const piece = fc.oneof(
  fc.constantFrom(...symbolClasses.map(({ sample }) => sample)),
  fc.constantFrom(
    "🏽",
    "\u200d",
    "\ufe0f",
    "\u20e3",
    "a",
    "한",
    " ",
    "👩",
    "🇰",
    "क",
    "\u094d",
    "☝",
    "\u0897",
  ),
  fc.string({ unit: "grapheme", maxLength: 2 }),
);

test("whatever is avoided, what is drawn is as wide as the text", () => {
  const text = fc
    .array(piece, { maxLength: 10 })
    .map((pieces) => sanitizeScreenLine(pieces.join("")));
  fc.assert(
    fc.property(text, fc.subarray(names), (value, some) => {
      expect(cellWidth(drawnText(value, avoiding(some)))).toBe(cellWidth(value));
    }),
    { numRuns: 3000 },
  );
});

test("nothing that is avoided is left, but joiners and selectors of what is no emoji", () => {
  const text = fc
    .array(piece, { maxLength: 10 })
    .map((pieces) => sanitizeScreenLine(pieces.join("")));
  const strict = symbolClasses.filter(({ signs }) => signs !== "\\u200d" && signs !== "\\ufe0f");
  fc.assert(
    fc.property(text, (value) => {
      const drawn = drawnText(value, all);
      const left = strict.filter(({ signs }) => new RegExp(`[${signs}]`, "u").test(drawn));
      expect(left.map(({ name }) => name)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});
