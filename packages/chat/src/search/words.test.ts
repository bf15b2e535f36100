import { describe, expect, test } from "bun:test";
import { wordCharsMax, wordsOf } from "./words.ts";

describe("the words of a text", () => {
  const cases: [string, string, string[]][] = [
    ["are folded in case", "Hello WORLD", ["hello", "world"]],
    ["have no accents", "Ünïcödé CAFÉ", ["unicode", "cafe"]],
    [
      "are cut at all but letters and digits",
      "e-mail: x_1, don't!",
      ["e", "mail", "x", "1", "don", "t"],
    ],
    ["of Hangul are pairs, and the last syllable", "채팅서버", ["채팅", "팅서", "서버", "버"]],
    ["of Han and kana are pairs", "漢字かな", ["漢字", "字か", "かな", "な"]],
    ["of Thai are pairs with their marks", "ครับ", ["คร", "รั", "ับ", "บ"]],
    ["change where the script does", "API서버2대", ["api", "서버", "버", "2", "대"]],
    ["know compatibility forms", "ﾊﾝｶｸ ﬃ ① Ａ", ["ハン", "ンカ", "カク", "ク", "ffi", "1", "a"]],
    [
      "of some letters are alike as capitals alone",
      "STRASSE straße ıI σς",
      [...["strasse", "strasse", "ii", "σσ"]],
    ],
    ["hold one emoji each, whatever its colour", "👍🏽👍 ❤️ 🇰🇷🇯🇵", ["👍", "👍", "❤", "🇰🇷", "🇯🇵"]],
    [
      "have nothing invisible in them",
      "ser\u00adver\u200b1 葛\u{e0100}飾",
      ["server1", "葛飾", "飾"],
    ],
    ["of characters beyond 16 bits are whole", "𠮷野家", ["𠮷野", "野家", "家"]],
    ["are none where nothing is said", " \t…!? ", []],
  ];
  for (const [name, text, words] of cases) test(name, () => expect(wordsOf(text)).toEqual(words));

  test("are the same in every normal form", () => {
    for (const text of ["배포 한글", "Ångström", "가각힣", "パーティー", "ᾳ", "สำ"]) {
      for (const form of ["NFC", "NFD", "NFKC", "NFKD"]) {
        expect(wordsOf(text.normalize(form))).toEqual(wordsOf(text));
      }
    }
  });

  test("are the same with and without the selectors of an emoji", () => {
    for (const text of ["❤️", "1️⃣", "🏳️‍🌈", "☝🏽", "👍", "ⓜ️ ™️ ㊗️", "go ▶️ on"]) {
      const bare = text.replaceAll("\ufe0f", "");
      expect(wordsOf(bare)).toEqual(wordsOf(text));
      expect(wordsOf([...bare].map((char) => `${char}\ufe0e`).join(""))).toEqual(wordsOf(text));
    }
  });

  test("are no longer than an index wants, and not cut in the middle of a character", () => {
    expect(wordsOf("a".repeat(wordCharsMax + 1))).toEqual(["a".repeat(wordCharsMax)]);
    const [word = ""] = wordsOf(`a${"𐐨".repeat(wordCharsMax)}`);
    expect(word).toBe(`a${"𐐨".repeat(wordCharsMax - 1)}`);
  });

  test("are never empty, and hold nothing that means something to a tokenizer", () => {
    const odd: string[] = [];
    for (let code = 0; code < 0x110000; code += 1) {
      const character = String.fromCodePoint(code);
      for (const word of wordsOf(`${character} a${character}a`)) {
        if (word === "" || /[\s"§]|[^a-z0-9\u0080-\u{10ffff}]/u.test(word)) odd.push(character);
      }
    }
    expect(odd).toEqual([]);
  });
});
