// Texts cut into messages: nothing is lost, and each fits.

import { afterAll, expect, test } from "bun:test";
import fc from "fast-check";
import { partsOf } from "./parts.ts";

const { seed = Date.now() } = fc.readConfigureGlobal();
afterAll(() => process.stdout.write(`seed of the parts: ${seed}\n`));

const letters = fc.constantFrom(
  "a",
  "한",
  "👍🏽",
  "é",
  " ",
  "\n",
  "🇰🇷",
  "word ",
  "e\u0301\u0302\u0303",
);
const texts = fc.array(letters, { maxLength: 300 }).map((all) => all.join(""));

test("each part fits and says something, and all together say the whole", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 8, max: 80 }), (text, max) => {
      const parts = partsOf(text, max);
      for (const part of parts) {
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(max);
        expect(part.trim()).not.toBe("");
        expect(part.isWellFormed()).toBe(true);
      }
      const bare = (each: string) => each.replace(/\s/g, "");
      expect(bare(parts.join(""))).toBe(bare(text));
    }),
    { seed, numRuns: 300 },
  );
});

test("lines stay whole where they can, then words, then letters", () => {
  expect(partsOf("one\ntwo\nthree", 8)).toEqual(["one\ntwo", "three"]);
  expect(partsOf("one two three", 9)).toEqual(["one two ", "three"]);
  expect(partsOf("한글한글", 7)).toEqual(["한글", "한글"]);
  expect(partsOf("👍🏽👍🏽", 9)).toEqual(["👍🏽", "👍🏽"]);
  expect(partsOf("a\n\n\n\n\n\n\n\nb", 4)).toEqual(["a\n\n\n", "b"]);
});
