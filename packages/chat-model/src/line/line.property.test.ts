// What `send` cuts, `tail` puts together: byte for byte, however the input is chunked.

import { expect, test } from "bun:test";
import { textPattern, utf8Bytes } from "@maru/protocol/chat";
import fc from "fast-check";
import { cutPoint } from "./cut-point.ts";
import { LineCutter } from "./line-cutter.ts";
import { LineJoiner } from "./line-joiner.ts";
import { joiner } from "./mark.ts";
import { pack } from "./pack.ts";
import { partsOf } from "./parts.ts";

/** Small, so that long lines are frequent. */
const textBytesMax = 600;

const letter = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", " ", "\t", "é", "마", "루", "ᄀ", "ᅡ", "狐") },
  { weight: 2, arbitrary: fc.constantFrom("👨‍👩‍👧‍👦", "🇰🇷", "👍🏽", joiner, "\u0301", "\ufeff") },
);
const line = fc.oneof(
  { weight: 5, arbitrary: fc.array(letter, { maxLength: 30 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.array(letter, { maxLength: 900 }).map((parts) => parts.join("")) },
  { weight: 2, arbitrary: fc.constant("") },
);
const text = fc
  .array(line, { maxLength: 12 })
  .map((lines) => lines.map((each) => `${each}\n`).join(""));

function cut(bytes: Buffer, chunkBytes: readonly number[], packed: boolean): string[] {
  const cutter = new LineCutter({ textBytesMax });
  const texts: string[] = [];
  const take = (cuts: Iterable<{ line: number; text: string }>) => {
    for (const each of packed ? pack(cuts, textBytesMax) : cuts) texts.push(each.text);
  };
  let from = 0;
  for (let turn = 0; from < bytes.length; turn += 1) {
    const to = from + (chunkBytes[turn % chunkBytes.length] ?? 1);
    take(cutter.push(bytes.subarray(from, to)));
    from = to;
  }
  take(cutter.end());
  return texts;
}

test("every text may be sent, and together they print the input", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(text, sizes, fc.boolean(), (input, chunkBytes, packed) => {
      const texts = cut(Buffer.from(input), chunkBytes, packed);
      for (const each of texts) {
        expect(textPattern.test(each) && each.length > 0).toBe(true);
        expect(utf8Bytes(each)).toBeLessThanOrEqual(textBytesMax);
      }
      const lines = new LineJoiner();
      expect(texts.map((each) => lines.push("ann", each, 0)).join("") + lines.end()).toBe(input);
    }),
    { numRuns: 300 },
  );
});

test("a line that fits is one message, as it stands", () => {
  fc.assert(
    fc.property(fc.array(letter, { minLength: 1, maxLength: 20 }), (parts) => {
      const input = parts.join("");
      fc.pre(!input.endsWith(joiner));
      expect(cut(Buffer.from(`${input}\n`), [7], false)).toEqual([input]);
    }),
    { numRuns: 200 },
  );
});

test("whatever the bound is, cutting comes to an end, and nothing is lost", () => {
  const bound = fc.oneof(
    fc.integer({ min: -5, max: 80 }),
    fc.constantFrom(Number.NEGATIVE_INFINITY, 0.5, 3.5, 2 ** 31, Number.POSITIVE_INFINITY),
  );
  fc.assert(
    fc.property(text, bound, fc.boolean(), (input, bytesMax, packed) => {
      const bytes = Buffer.from(input);
      const cutter = new LineCutter({ textBytesMax: bytesMax });
      const texts: string[] = [];
      for (const cuts of [() => cutter.push(bytes), () => cutter.end()]) {
        for (const { text } of packed ? pack(cuts(), bytesMax) : cuts()) {
          texts.push(text);
          if (texts.length > 3 * bytes.length) throw new Error("more texts than bytes");
        }
      }
      const lines = new LineJoiner();
      expect(texts.map((each) => lines.push("ann", each, 0)).join("") + lines.end()).toBe(input);
    }),
    { numRuns: 300 },
  );
});

test("a cut is behind the first code point at least, and in the bytes, even of what is not UTF-8", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 20 }),
    text.map((input): Uint8Array => Buffer.from(`${input}a`)),
  );
  fc.assert(
    fc.property(bytes, fc.integer({ min: -5, max: 30 }), (any, max) => {
      expect(cutPoint(any, max)).toBeGreaterThan(0);
      expect(cutPoint(any, max)).toBeLessThanOrEqual(any.length);
    }),
    { numRuns: 500 },
  );
});

test("parts of a text come to an end, whatever the bound is", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: -5, max: 40 }), (input, bytesMax) => {
      const parts = partsOf(input, bytesMax);
      expect(parts.join("").replace(/\s/g, "")).toBe(input.replace(/\s/g, ""));
    }),
    { numRuns: 200 },
  );
});
