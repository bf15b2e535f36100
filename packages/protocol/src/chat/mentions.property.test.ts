// Whatever a text says, it names a few nicks, and those that stand plainly in it are among them.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { mentionsMax, mentionsOf, unitsJudgedMax } from "./mentions.ts";
import { foldName, type NameKey, parseNick } from "./names.ts";

const piece = fc.oneof(
  fc.constantFrom(..."@@@:, `\n/.-_~"),
  fc.constantFrom(
    "mina",
    "준호",
    "지은",
    "님",
    "이가",
    "한테",
    "12",
    "李",
    "さくら",
    "аб",
    "://",
    "```",
  ),
  fc.string({ unit: "binary", maxLength: 3 }),
);
const text = fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join(""));
const nick = fc
  .oneof(fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/), fc.stringMatching(/^[가-힣]{1,8}$/))
  .filter((name) => parseNick(name).ok && !name.endsWith("-"));
const keyOf = (name: string): NameKey => {
  const parsed = parseNick(name);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.problem}`);
  return parsed.key;
};

test("any text names at most so many, each once, and each the key of a nick", () => {
  fc.assert(
    fc.property(text, (said) => {
      const keys = mentionsOf(said);
      expect(keys.length).toBeLessThanOrEqual(mentionsMax);
      expect(new Set(keys).size).toBe(keys.length);
      // A key may be no name itself: the letters of ㅋㅋ fold to such as a name can't be written with.
      for (const key of keys) expect(foldName(key)).toBe(key);
    }),
    { numRuns: 2000 },
  );
});

test("a nick is named with an @ before it, with 님 behind it, and at the beginning", () => {
  fc.assert(
    fc.property(nick, (name) => {
      for (const said of [`hi @${name}!`, `@${name}님 안녕`, `@${name}님께`]) {
        expect(mentionsOf(said)).toContain(keyOf(name));
      }
      const isNumber = !/\p{L}/u.test(name);
      expect(mentionsOf(`${name}: hi`)).toEqual(isNumber ? [] : [keyOf(name)]);
    }),
    { numRuns: 2000 },
  );
});

/** UTF-16 units that are brought into a normal form while `run` runs: most of what judging names costs. */
function unitsNormalized(run: () => void): number {
  const original = String.prototype.normalize;
  let units = 0;
  String.prototype.normalize = function (this: string, form?: string) {
    units += this.length;
    return original.call(this, form);
  };
  try {
    run();
  } finally {
    String.prototype.normalize = original;
  }
  return units;
}

/** Each unit is normalized some thirty times at most, folded forms included. */
const normalizedMax = 36 * unitsJudgedMax;

/** Of each, names are made that stand behind the @s of a text of the longest kind. */
const costly = [
  "ﷺ",
  "가",
  "क्षि",
  "a\u0301\u0315\u0300",
  "аé",
  "a",
  "ｶﾞ",
  "𝐚",
  "李",
  "ㄱ",
  "\u{1d15e}",
];

test("no text costs more than a bounded number of judged names, whatever stands behind its @s", () => {
  const texts = costly.flatMap((letter) =>
    [1, 8, 30, 63].flatMap((length) =>
      ["", "님께", "이가", "."].map((end) =>
        Array.from({ length: 4_096 / (length + 4) }, (_, index) => {
          return `@${String.fromCharCode(0xac00 + index)}${letter.repeat(length)}${end}`;
        }).join(" "),
      ),
    ),
  );
  for (const said of texts) {
    expect(unitsNormalized(() => mentionsOf(said))).toBeLessThanOrEqual(normalizedMax);
  }
});

test("a line that names as many people as count names them all, though their names are long", () => {
  for (const letter of ["n", "가", "я"]) {
    const names = Array.from(
      { length: mentionsMax },
      (_, index) => letter.repeat(14) + (10 + index),
    );
    expect(mentionsOf(names.map((name) => `@${name}`).join(" "))).toHaveLength(mentionsMax);
  }
});
