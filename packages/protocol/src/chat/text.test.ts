import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { bytesOf } from "../../test/bytes.ts";
import { fitsUtf8, linePattern, textPattern, utf8Bytes } from "./text.ts";

describe("the bytes of a text in UTF-8", () => {
  test("are what TextEncoder makes of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        const wellFormed = text.toWellFormed();
        expect(utf8Bytes(wellFormed)).toBe(bytesOf(wellFormed).length);
      }),
      { numRuns: 1000 },
    );
    for (const text of [
      "",
      "a",
      "é",
      "가",
      "👋",
      "👨‍👩‍👧‍👦",
      "\u007f\u0080\u07ff\u0800\uffff\u{10ffff}",
    ]) {
      expect(utf8Bytes(text)).toBe(bytesOf(text).length);
    }
  });

  test("fit up to the bound and not beyond it, by whatever characters they are filled", () => {
    for (const character of ["a", "é", "가", "👋"]) {
      const size = bytesOf(character).length;
      const full = character.repeat(24 / size);
      expect(fitsUtf8(full, 24)).toBe(true);
      expect(fitsUtf8(full, 23)).toBe(false);
      expect(fitsUtf8(`${full}a`, 24)).toBe(false);
      expect(fitsUtf8(`${full}a`, 25)).toBe(true);
    }
    expect(fitsUtf8("", 0)).toBe(true);
    expect(fitsUtf8("a", 0)).toBe(false);
  });

  test("fit exactly when the encoded text is no longer than the bound", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), fc.nat(90), (text, bound) => {
        expect(fitsUtf8(text, bound)).toBe(bytesOf(text).length <= bound);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the characters of a text", () => {
  test("are all but the controls and the unpaired surrogates, one by one", () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      // Planes beyond the first ones are uniform; a sample of each row is enough.
      if (code > 0x2ffff && code % 997 !== 0) continue;
      const character = String.fromCodePoint(code);
      const control = code < 0x20 || (code >= 0x7f && code <= 0x9f);
      const surrogate = code >= 0xd800 && code <= 0xdfff;
      const inText = (!control || character === "\n" || character === "\t") && !surrogate;
      if (textPattern.test(`a${character}b`) !== inText) wrong.push(`text U+${code.toString(16)}`);
      const inLine = !control && !surrogate;
      if (linePattern.test(`a${character}b`) !== inLine) wrong.push(`line U+${code.toString(16)}`);
    }
    expect(wrong).toEqual([]);
  });

  test("are judged to the last one: a line break does not end the check", () => {
    expect(textPattern.test("fine\n\u001b[2J")).toBe(false);
    expect(linePattern.test("fine\n")).toBe(false);
    expect(textPattern.test("")).toBe(true);
  });
});
