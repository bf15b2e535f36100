// Whatever a text says, it names a few nicks, and those that stand plainly in it are among them.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { mentionsMax, mentionsOf } from "./mentions.ts";
import { type NameKey, parseNick } from "./names.ts";

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
      for (const key of keys) expect(keyOf(key)).toBe(key);
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
