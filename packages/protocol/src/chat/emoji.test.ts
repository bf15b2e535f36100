// One sign, one spelling: over Unicode's own properties, and over the ways in which terminals and
// keyboards spell the same emoji.

import { describe, expect, test } from "bun:test";
import { canonicalEmoji, parseEmoji } from "./emoji.ts";

const text = "\ufe0e";
const emoji = "\ufe0f";
const joiner = "\u200d";

/** Fully qualified, as Unicode's emoji-test.txt has them. */
const signs: readonly [what: string, sign: string][] = [
  ["a heart", "❤️"],
  ["a sign that is an emoji anyway", "👍"],
  ["a skin tone", "👍🏽"],
  ["a skin tone on what is text otherwise", "☝🏽"],
  ["the same without a tone", "☝️"],
  ["a keycap", "1️⃣"],
  ["a keycap of a sign", "#️⃣"],
  ["a flag", "🇰🇷"],
  ["a flag of a region", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
  ["the black flag", "🏴"],
  ["the rainbow flag", "🏳️‍🌈"],
  ["the transgender flag", "🏳️‍⚧️"],
  ["the pirates' flag", "🏴‍☠️"],
  ["a burning heart", "❤️‍🔥"],
  ["an eye in a bubble", "👁️‍🗨️"],
  ["a couple", "👩‍❤️‍👨"],
  ["a kiss", "👩🏻‍❤️‍💋‍👨🏿"],
  ["a detective", "🕵️‍♂️"],
  ["a detective of a tone", "🕵🏾‍♀️"],
  ["a health worker", "🧑🏽‍⚕️"],
  ["a runner to the right", "🏃‍♀️‍➡️"],
  ["a family", "👨‍👩‍👧‍👦"],
  ["a technologist", "🧑‍💻"],
  ["a trademark", "™️"],
  ["a Japanese sign", "㊗️"],
  ["a letter", "a"],
  ["a letter with a mark", "é"],
  ["a syllable", "한"],
  ["a digit", "1"],
  ["a mark", "!"],
];

const withoutSelectors = (sign: string) => sign.replaceAll(emoji, "");

/** Each way to put selectors into a sign, or to leave them out: at every place, up to 64 ways. */
function spellingsOf(sign: string): string[] {
  const characters = [...withoutSelectors(sign)];
  const ways = Math.min(64, 2 ** characters.length);
  return Array.from({ length: ways }, (_, way) =>
    characters.map((char, place) => char + ((way >> place) & 1 ? emoji : "")).join(""),
  );
}

/** Where a selector ends a letter of the sign: between the two letters of a flag it parts them. */
const isWhole = (spelling: string) =>
  !/[\u{1f1e6}-\u{1f1ff}]\ufe0f[\u{1f1e6}-\u{1f1ff}]/u.test(spelling);

describe.each(signs)("%s", (_what, sign) => {
  test("is its own spelling, and stays it", () => {
    expect(canonicalEmoji(sign)).toBe(sign);
    expect(parseEmoji(sign)).toBe(sign);
  });

  test("is the same with and without every selector, composed or not, with what draws nothing", () => {
    const spellings = [
      ...spellingsOf(sign).filter(isWhole),
      withoutSelectors(sign),
      withoutSelectors(sign).normalize("NFD"),
      sign.replaceAll(emoji, text),
      `${sign}${text}`,
      `${sign}${emoji}${emoji}`,
      `${sign}${joiner}`,
      `${sign}\u200c`,
      `${sign}\u034f`,
      `${sign}\u{e0100}`,
    ];
    for (const spelling of spellings) {
      expect([ascii(spelling), parseEmoji(spelling)]).toEqual([ascii(spelling), sign]);
    }
  });

  test("is no other of these signs", () => {
    const same = signs.filter(([, other]) => canonicalEmoji(other) === sign);
    expect(same).toHaveLength(1);
  });
});

const ascii = (string: string) =>
  JSON.stringify(string).replace(/[^ -~]/gu, (c) => `{${c.codePointAt(0)?.toString(16)}}`);

test("every code point that is an emoji becomes what Unicode recommends for interchange", () => {
  const recommended = /^\p{RGI_Emoji}$/v;
  const single = /^(?=\p{Emoji})(?!\p{Regional_Indicator})\p{Extended_Pictographic}$/u;
  let count = 0;
  for (let code = 0; code <= 0x1ffff; code += 1) {
    const character = code >= 0xd800 && code < 0xe000 ? "" : String.fromCodePoint(code);
    if (!single.test(character)) continue;
    count += 1;
    for (const spelling of [character, character + emoji, character + text]) {
      const sign = canonicalEmoji(spelling);
      expect(sign).toMatch(recommended);
      expect(withoutSelectors(sign)).toBe(character);
    }
  }
  expect(count).toBeGreaterThan(1_300);
});

test("what is not one visible sign is refused, however it is hidden", () => {
  const none = [
    "",
    " ",
    "ab",
    "❤️❤️",
    emoji,
    text,
    joiner,
    "\u3164",
    "\u115f",
    "\u0301",
    "👍 ",
    "\u{e0061}",
  ];
  for (const raw of none) expect([ascii(raw), parseEmoji(raw)]).toEqual([ascii(raw), null]);
});
