import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { matches } from "./matches.ts";
import { parseQuery, wordsMax } from "./query.ts";
import { SearchWork } from "./search-work.ts";

function finds(query: string, text: string): boolean {
  const parsed = parseQuery(query);
  return parsed.ok && matches(text, parsed.terms);
}

const seed = 20_260_814;
const numRuns = 500;

const hangul = fc.integer({ min: 0xac00, max: 0xd7a3 });
const han = fc.integer({ min: 0x4e00, max: 0x9fff });
const kana = fc.integer({ min: 0x3041, max: 0x3096 });
const character = fc.oneof(hangul, han, kana).map((code) => String.fromCodePoint(code));
const run = fc.array(character, { minLength: 2, maxLength: 12 });
const around = fc.oneof(fc.constantFrom("", " ", ", ", " api ", "v2", "👍", "é"), fc.string());
const form = fc.constantFrom("NFC", "NFD");

describe("a text is found", () => {
  // What other servers miss or ask two settings for: design/people-expect.md, section 2.
  const found: [string, string][] = [
    ["채팅", "채팅서버"],
    ["서버", "채팅서버가 좋다"],
    ["팅서", "채팅서버"],
    ["배포", "재배포했습니다"],
    ["채팅".normalize("NFD"), "채팅서버"],
    ["채팅", "채팅서버".normalize("NFD")],
    ["漢字", "簡単な漢字です"],
    ["が", "か\u3099き"],
    ["API서버", "서버의 API"],
    ["server 서버", "서버(server) 점검"],
    ["ครับ", "สวัสดีครับ"],
    ["버", "서버"],
  ];
  for (const [query, text] of found) {
    test(`${query} in ${text}`, () => expect(finds(query, text)).toBe(true));
  }

  const missed: [string, string][] = [
    ["채서", "채팅서버"],
    ["채팅서버", "채팅과 팅서와 서버"],
    ["ploy", "deploy"],
    ["deploy", "deployment"],
    ['"green red"', "red green"],
    ['"채팅 서버"', "채팅은 서버"],
    ["서버 api", "서버"],
  ];
  for (const [query, text] of missed) {
    test(`not ${query} in ${text}`, () => expect(finds(query, text)).toBe(false));
  }
});

test("every part of a run of two characters or more finds its text, in every normal form", () => {
  const property = fc.property(
    fc.record({ run, around: fc.tuple(around, around), forms: fc.tuple(form, form) }),
    fc.nat(),
    fc.nat(),
    ({ run: characters, around: [before, after], forms: [one, other] }, start, length) => {
      const from = start % (characters.length - 1);
      const to = from + 2 + (length % (characters.length - from - 1));
      const part = characters.slice(from, to).join("");
      const text = `${before}${characters.join("")}${after}`;
      expect(finds(part.normalize(one), text.normalize(other))).toBe(true);
      expect(finds(`"${part}"`, text)).toBe(true);
      expect(finds(characters[from] ?? "", text)).toBe(true);
    },
  );
  fc.assert(property, { seed, numRuns });
});

test("every word and every phrase of a text finds it, and so does the text itself", () => {
  const word = fc.oneof(
    fc.stringMatching(/^[a-zé]{1,8}$/),
    fc.constantFrom("서버", "배", "漢字", "v2", "👍", "привет", "नमस्ते", "مرحبا", "ครับ"),
  );
  const property = fc.property(
    fc.array(word, { minLength: 1, maxLength: 9 }),
    fc.nat(),
    fc.nat(),
    fc.constantFrom(" ", ", ", " — "),
    (words, start, length, between) => {
      const text = words.join(between);
      const from = start % words.length;
      const phrase = words.slice(from, from + 1 + (length % (words.length - from)));
      expect(finds(phrase.join(" "), text)).toBe(true);
      expect(finds(`"${phrase.join(" ")}"`, text.toUpperCase())).toBe(true);
    },
  );
  fc.assert(property, { seed, numRuns });
});

test("whatever is asked and whatever is said, there is an answer", () => {
  const anything = fc.string({ unit: "binary" });
  const property = fc.property(anything, anything, (query, text) => {
    const parsed = parseQuery(query);
    if (!parsed.ok) return;
    const words = parsed.terms.flatMap((term) => term.words);
    expect(words.length).toBeLessThanOrEqual(wordsMax);
    expect(words).not.toContain("");
    expect(matches(text, parsed.terms)).toBeBoolean();
    expect(matches(query, parsed.terms) || query.includes("*")).toBe(true);
  });
  fc.assert(property, { seed, numRuns });
});

test("a text in ASCII that lacks a word costs a tenth of what it costs to cut it into words", () => {
  const terms = [{ words: ["needle"], isPrefix: false }];
  const spentBy = (text: string, us: number) => {
    const work = new SearchWork(us, () => 0);
    matches(text, terms, work);
    return work.isSpent;
  };
  const [lacking, holding] = ["x".repeat(1_000), `${"x".repeat(1_000)} needle`];
  expect([spentBy(lacking, 11), spentBy(lacking, 10)]).toEqual([false, true]);
  expect([spentBy(holding, 100), spentBy(holding, 120)]).toEqual([true, false]);
});

test("a text in ASCII is judged by its words, not by what stands inside of them", () => {
  expect([finds("edl", "a needle"), finds("need*", "a needle"), finds("b c", "xbx c")]).toEqual([
    false,
    true,
    false,
  ]);
});
