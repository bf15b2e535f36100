// Over every emoji that the runtime knows, sequences included, and over random mixtures of what they
// are made of: each sign has one spelling, and what is taken is one sign to everybody.

import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { canonicalEmoji, parseEmoji, parseFormerEmoji } from "./emoji.ts";

const joiner = "\u200d";
const selector = "\ufe0f";
const recommended = /^\p{RGI_Emoji}$/v;
const isKnown = (text: string) => recommended.test(text);
const tones = [..."🏻🏼🏽🏾🏿"];
const cancel = "\u{e007f}";
const tagsOf = (letters: string) =>
  [...letters].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");
const ascii = (text: string) =>
  [...text].map((char) => char.codePointAt(0)?.toString(16)).join(" ");

const joined = (...parts: readonly string[]) => parts.join(joiner);
const pairsOf = (ones: readonly string[], others: readonly string[]) =>
  ones.flatMap((one) => others.map((other) => [one, other] as const));
const wordsOf = (ones: readonly string[], others: readonly string[]) =>
  pairsOf(ones, others).map(([one, other]) => one + other);

/** Every emoji, by trying what it may be made of. */
function knownEmoji(): string[] {
  const points = Array.from({ length: 0x1ffff }, (_, code) => code).filter(
    (code) => code < 0xd800 || code > 0xdfff,
  );
  const bases = points
    .map((code) => String.fromCodePoint(code))
    .filter((char) => /\p{Emoji}/u.test(char));
  const toned = wordsOf(bases, ["", selector, ...tones]);
  const singles = toned.filter(isKnown);
  const regions = bases.filter((char) => /\p{RI}/u.test(char));
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const parts = wordsOf(letters, letters);
  const others = [
    ...wordsOf(regions, regions),
    ...[..."0123456789#*"].map((char) => `${char}${selector}\u20e3`),
    ...wordsOf(["gb", "us", "ca"], wordsOf(parts, ["", ...letters])).map(
      (region) => `🏴${tagsOf(region)}${cancel}`,
    ),
  ];
  const toneless = singles.filter((sign) => !/\p{Emoji_Modifier}/u.test(sign));
  const plainPairs = pairsOf(toneless, toneless).filter((pair) => isKnown(joined(...pair)));
  const tonesOf = (sign: string) =>
    ["", ...tones].map((tone) => (tone === "" ? sign : `${sign.replace(selector, "")}${tone}`));
  const knownPairs = [...plainPairs, ["🫱", "🫲"] as const]
    .flatMap(([one, other]) => pairsOf(tonesOf(one), tonesOf(other)))
    .map((pair) => joined(...pair))
    .filter(isKnown);
  const figures = wordsOf(["👨", "👩", "🧑"], ["", ...tones]);
  const couples = pairsOf(figures, figures).flatMap(([one, other]) => [
    joined(one, "❤️", other),
    joined(one, "❤️", "💋", other),
    joined(one, "🤝", other),
    joined(one, "🫯", other),
    joined(one, "🐰", other),
  ]);
  const young = ["👦", "👧", "🧒"];
  const children = [...young, ...pairsOf(young, young).map((pair) => joined(...pair))];
  const families = pairsOf(
    [...figures, ...pairsOf(figures, figures).map((pair) => joined(...pair))],
    children,
  ).map((pair) => joined(...pair));
  const turned = knownPairs.map((pair) => joined(pair, "➡️"));
  const longer = [...others, ...couples, ...families, ...turned].filter(isKnown);
  return [...new Set([...singles, ...knownPairs, ...longer])];
}

const known = knownEmoji();

describe("every emoji that the runtime knows", () => {
  test("was found", () => {
    expect(known.length).toBeGreaterThanOrEqual(3_953);
  });

  test("is taken, in its own spelling, with and without selectors", () => {
    const wrong = known.filter((sign) => {
      const bare = sign.replaceAll(selector, "");
      const same = [sign, bare, `${sign}${selector}`, `${bare}\ufe0e`, `${sign}${joiner}`];
      return canonicalEmoji(sign) !== sign || same.some((each) => parseEmoji(each) !== sign);
    });
    expect(wrong.map(ascii)).toEqual([]);
  });

  test("with another tone, tags or another figure is no other sign", () => {
    const additions = ["🏽🏽", tagsOf("yy") + cancel, `${joiner}🍕`, "\u0301"];
    const wrong = known.flatMap((sign) =>
      [...additions, sign]
        .map((more) => sign + more)
        .filter((text) => !isKnown(parseEmoji(text) ?? known[0] ?? "")),
    );
    expect(wrong.map(ascii)).toEqual([]);
  });
});

const blanks = [
  "\u2800",
  "\ufffc",
  "\u3164",
  "\uffa0",
  "\u115f",
  "\u{1d159}",
  "\u{13441}",
  " ",
  "\u00a0",
];
const mixtures = [
  ...[
    "👍🏽🏽",
    "🏽🏽",
    "🐧🏽",
    "🐧‍🍕",
    "👍‍👍",
    "🇽🇽",
    "🇰",
    "🇰🇷🏽",
    "❤️🏽",
    "1️⃣🏽",
    "👍\u0301",
    "👍⃣",
    "é\u0301",
  ],
  ...["x", "yy", "gb", "usny", "gbxyz"].map((tags) => `🏴${tagsOf(tags)}${cancel}`),
  ...[`🏴${tagsOf("gbsct")}`, `👍${tagsOf("gbsct")}${cancel}`, `a${tagsOf("x")}`, `🏴${cancel}`],
];

test.each([...blanks, ...mixtures].map((text) => [ascii(text), text]))(
  "not one sign to everybody: %s",
  (_name, text) => {
    expect(parseEmoji(text)).toBeNull();
    expect(canonicalEmoji(canonicalEmoji(text))).toBe(canonicalEmoji(text));
  },
);

test("what an earlier version took is read as the sign that is seen, and can be taken back", () => {
  expect(canonicalEmoji(`🏴${tagsOf("x")}${cancel}`)).toBe("🏴");
  expect(canonicalEmoji(`👍${tagsOf("x")}`)).toBe("👍");
  expect(canonicalEmoji("👍🏽🏽🏿")).toBe("👍🏽");
  for (const sign of ["🐧‍🍕", "\u2800", "🇽🇽"]) {
    expect(canonicalEmoji(sign)).toBe(sign);
    expect(parseFormerEmoji(sign)).toBe(sign);
  }
  for (const never of ["", "ab", " ", joiner]) expect(parseFormerEmoji(never)).toBeNull();
});

/** A pictograph that is newer than the runtime's Unicode is one all the same. */
test("a pictograph that is reserved for later is taken", () => {
  for (const code of [0x1f8ff, 0x1faff, 0x1fc00]) {
    const sign = String.fromCodePoint(code);
    expect([ascii(sign), parseEmoji(sign)]).toEqual([ascii(sign), sign]);
  }
});

const part = fc.oneof(
  fc.constantFrom(...known),
  fc.constantFrom(...tones, joiner, selector, "\ufe0e", "\u20e3", cancel, tagsOf("g"), tagsOf("b")),
  fc.constantFrom("🏴", "🇰", "🇷", "❤", "1", "#", "a", "é", "e", "\u0301", "\u0338", "한", "ᄒ", "ᅡ"),
  fc.constantFrom(
    ...blanks,
    "\u200b",
    "\u034f",
    "\u00ad",
    "ा",
    "क",
    "्",
    "☇",
    "\u{1fc00}",
    "\u0378",
    "\ue000",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);
const mixture = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(""));

test("of random mixtures, what is taken is one sign in its one spelling, and all can be read", () => {
  const figure = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}]/u;
  fc.assert(
    fc.property(mixture, (text) => {
      const canonical = canonicalEmoji(text);
      expect(canonicalEmoji(canonical)).toBe(canonical);
      const sign = parseEmoji(text);
      if (sign === null) return;
      const others = [canonical, parseEmoji(sign), parseFormerEmoji(sign)];
      expect(others).toEqual([sign, sign, sign]);
      const isSingle = /^\p{Extended_Pictographic}$/u.test(sign);
      expect(isKnown(sign) || isSingle || !figure.test(sign)).toBe(true);
      expect(parseEmoji(sign.replaceAll(selector, ""))).toBe(sign);
    }),
    { numRuns: 5_000 },
  );
});
