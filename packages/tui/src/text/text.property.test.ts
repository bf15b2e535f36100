// Whatever the text: nothing is lost at wraps and cuts, and no row is too wide.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { cellWidth, cutToWidth, padToWidth } from "./cell-width.ts";
import { graphemeBoundary, graphemesOf, nextGrapheme, previousGrapheme } from "./graphemes.ts";
import { graphemePartsMax, sanitizeScreen } from "./sanitize.ts";
import { wrap } from "./wrap.ts";

const letter = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "b", " ", " ", "-", "\n", "한", "글", "漢", "か") },
  fc.constantFrom(
    "👨‍👩‍👧‍👦",
    "🇰🇷",
    "🇰",
    "👍🏽",
    "🏽",
    "1️⃣",
    "❤️",
    "\u0301",
    "\u200d",
    "\u200b",
    "\ufe0f",
    "ᄒ",
    "ᅡ",
    "ᆫ",
  ),
  fc.constantFrom(
    "नि",
    "क\u094d",
    "ส",
    "ำ",
    "م",
    "\u0600",
    "…",
    "①",
    "\ufffd",
    "\u3000",
    "カ\u3099",
    "\r",
  ),
  fc.string({ unit: "binary", maxLength: 2 }),
);
const text = fc.array(letter, { maxLength: 60 }).map((letters) => letters.join(""));
const width = fc.integer({ min: 1, max: 24 });
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

test("graphemes are those of Unicode, however they are found", () => {
  fc.assert(
    fc.property(text, (value) => {
      const segments = [...segmenter.segment(value)].map(({ segment }) => segment);
      expect(graphemesOf(value)).toEqual(segments);
      const bounds = new Set([0, value.length]);
      let end = 0;
      for (const segment of segments) {
        bounds.add(end);
        expect(nextGrapheme(value, end)).toBe(end + segment.length);
        end += segment.length;
        expect(previousGrapheme(value, end)).toBe(end - segment.length);
      }
      for (let at = 0; at <= value.length; at += 1) {
        const boundary = graphemeBoundary(value, at);
        expect(bounds.has(boundary) && boundary >= at).toBe(true);
        if (bounds.has(at)) expect(boundary).toBe(at);
      }
    }),
    { numRuns: 500 },
  );
});

test("rows hold the text once, but for newlines and the spaces at which they broke", () => {
  fc.assert(
    fc.property(text, width, (value, columns) => {
      const rows = wrap(value, columns);
      let end = 0;
      let whole = "";
      for (const row of rows) {
        const between = value.slice(end, row.start);
        expect(between).toMatch(/^ *\r?\n?$/);
        expect(row.text).toBe(value.slice(row.start, row.end));
        expect(row.text).not.toContain("\n");
        expect(graphemeBoundary(value, row.start)).toBe(row.start);
        whole += between + row.text;
        end = row.end;
      }
      expect(value.slice(end)).toMatch(/^ *$/);
      expect(whole + value.slice(end)).toBe(value);
    }),
    { numRuns: 1000 },
  );
});

test("no row is wider than it may be, but for a single letter", () => {
  fc.assert(
    fc.property(text, width, (value, columns) => {
      for (const row of wrap(value, columns)) {
        if (cellWidth(row.text) > columns) expect(graphemesOf(row.text)).toHaveLength(1);
      }
    }),
    { numRuns: 1000 },
  );
});

test("text that fits is one row, as it stands", () => {
  fc.assert(
    fc.property(text, (value) => {
      const line = value.replaceAll("\n", "");
      expect(wrap(line, Math.max(1, cellWidth(line)))).toEqual([
        { start: 0, end: line.length, text: line },
      ]);
    }),
    { numRuns: 500 },
  );
});

test("cut text is no wider than it may be, and padded text no narrower", () => {
  fc.assert(
    fc.property(text, fc.nat(24), (value, columns) => {
      const line = value.replaceAll("\n", "");
      const cut = cutToWidth(line, columns);
      expect(cellWidth(cut)).toBeLessThanOrEqual(columns);
      if (cellWidth(line) <= columns) expect(cut).toBe(line);
      expect(cellWidth(padToWidth(line, columns))).toBe(Math.max(cellWidth(line), columns));
    }),
    { numRuns: 1000 },
  );
});

test("text for the screen has nothing unseen, nothing to obey, and no letter without end", () => {
  fc.assert(
    fc.property(text, fc.string({ unit: "binary", maxLength: 40 }), (one, other) => {
      const shown = sanitizeScreen(one + other);
      expect(shown).toBe(shown.toWellFormed());
      expect(shown).not.toMatch(/[^\P{Cc}\n]|[\u00ad\u115f\u1160\u200b\u2060\u202e\u3164\ufeff]/u);
      for (const grapheme of graphemesOf(shown)) {
        expect([...grapheme].length).toBeLessThanOrEqual(graphemePartsMax);
      }
    }),
    { numRuns: 1000 },
  );
  const family = Array.from({ length: 5000 }, () => "👩").join("\u200d");
  expect(sanitizeScreen(`a${family}b`).length).toBeLessThan(40);
});
