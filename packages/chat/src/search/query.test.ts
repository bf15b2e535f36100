import { describe, expect, test } from "bun:test";
import { foldedUnitsMax, parseQuery, termsMax, wordsMax } from "./query.ts";

/** Terms as `a+b*`. */
function termsOf(query: string): string[] {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.terms.map(({ words, isPrefix }) => words.join("+") + (isPrefix ? "*" : ""));
}

describe("a query", () => {
  const cases: [string, string, string[]][] = [
    ["asks for every word", "Deploy  failed", ["deploy", "failed"]],
    ["keeps together what no space parts", "e-mail node.js", ["e+mail", "node+js"]],
    ["asks for a phrase between quotes", 'the "red green" light', ["the", "red+green", "light"]],
    ["knows typographic quotes", "“red green” «привет мир»", ["red+green", "привет+мир"]],
    ["takes a quote that isn't closed to the end", '"red green', ["red+green"]],
    ["asks for the beginning of a word", "dep* e-mai*", ["dep*", "e+mai*"]],
    ["asks for the pairs of a run of CJK", "채팅서버", ["채팅+팅서+서버"]],
    ["asks for one character as the beginning of a pair", "배 水*", ["배*", "水*"]],
    ["looks for each script by itself", "API서버v2", ["api", "서버", "v2"]],
    ["keeps CJK together in a phrase", '"채팅 서버"', ["채팅+팅+서버"]],
    ["ends a phrase with the beginning of a pair", '"api 서버 배"', ["api+서버+버+배*"]],
    ["asks for emoji", "👍 🇰🇷", ["👍", "🇰🇷"]],
    [
      "gives no word a meaning",
      "a AND NOT (b OR c) NEAR",
      [...["a", "and", "not", "b", "or", "c", "near"]],
    ],
    ["asks for the longest word there is", "ab".repeat(foldedUnitsMax / 2), ["ab".repeat(32)]],
    ["passes over what is no word", '!! "" -- a', ["a"]],
  ];
  for (const [name, query, terms] of cases) test(name, () => expect(termsOf(query)).toEqual(terms));

  const refused: [string, string][] = [
    ["without a word", " …! "],
    ["for the beginning of very many words", "ok de*"],
    ["for more words than are walked for", "a ".repeat(termsMax + 1)],
    ["for letters that become many more", "ﷺ".repeat(foldedUnitsMax / 18 + 1)],
    ["for longer phrases than are walked for", `"${"a ".repeat(wordsMax + 1)}"`],
  ];
  for (const [name, query] of refused) {
    test(`is refused: ${name}`, () => {
      expect(parseQuery(query)).toEqual({ ok: false, problem: expect.any(String) });
    });
  }
});
