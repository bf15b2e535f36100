// Who is named in a text.

import { expect, test } from "bun:test";
import { parseEmoji } from "./emoji.ts";
import { mentionsMax, mentionsOf } from "./mentions.ts";

const named = (text: string): string[] => [...mentionsOf(text)];

test("names behind an @, folded, each once", () => {
  expect(named("@Mina and @jun-2, @MINA!")).toEqual(["mina", "jun-2"]);
  expect(named("(@마루) 안녕")).toEqual(["마루"]);
  expect(named("no one here")).toEqual([]);
});

test("a name at the end of a sentence is the name with and without its full stop", () => {
  expect(named("ask @mina.")).toEqual(["mina.", "mina"]);
});

test("an address, a lone @ and what is no nick are nobody", () => {
  for (const text of ["mail a@b.kr", "@ mina", "@@", "@admin", `@${"x".repeat(40)}`]) {
    expect(named(text)).toEqual([]);
  }
});

test("a line that names everybody names the first ones", () => {
  const text = Array.from({ length: mentionsMax + 5 }, (_, index) => `@p${index}`).join(" ");
  expect(named(text)).toHaveLength(mentionsMax);
});

test("a reaction is one visible grapheme, in NFC", () => {
  for (const emoji of ["👍", "👍🏽", "👨‍👩‍👧", "🇰🇷", "3️⃣", "가", "+", "é"]) {
    expect(parseEmoji(emoji)).toBe(emoji);
  }
  expect(parseEmoji("e\u0301")).toBe("é");
  for (const raw of ["", "ab", "👍👍", " ", "\u0301", "\u200d"]) expect(parseEmoji(raw)).toBeNull();
});
