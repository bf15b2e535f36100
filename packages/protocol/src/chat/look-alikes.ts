// Which names a reader can't tell apart. A name's skeleton is what remains when each character
// stands for its whole family of look-alikes; two names with one skeleton can't be in use at once.
// A curated extract of UTS #39's idea (https://www.unicode.org/reports/tr39/): letters of the other
// alphabets that are drawn like Latin ones, and Latin ones and digits that are drawn alike.

/** Each row: the character that stands for the family, then its members, in lower case. */
const families: readonly (readonly [string, string])[] = [
  ["a", "аαɑ"],
  ["b", "ьЬƅ"],
  ["c", "сϲᴄ"],
  ["d", "ԁɗ"],
  ["e", "еҽєε"],
  ["f", "ғϝ"],
  ["g", "ɡց"],
  ["h", "һհ"],
  ["j", "јϳ"],
  ["k", "кκ"],
  ["l", "1iіıι|ӏǀӀ"],
  ["m", "мᴍ"],
  ["n", "ոηпп"],
  ["o", "0оοσօ๐"],
  ["p", "рρ"],
  ["q", "ԛգ"],
  ["r", "гᴦ"],
  ["s", "ѕꜱ"],
  ["t", "тτ"],
  ["u", "υսцᴜ"],
  ["v", "ѵνᴠ"],
  ["w", "ԝѡωш"],
  ["x", "хχ×"],
  ["y", "уγү"],
  ["z", "ᴢ"],
  ["-", "_."],
  ["ー", "一ㅡ"],
  ["ロ", "口ㅁ"],
  ["ニ", "二"],
  ["ハ", "八"],
  ["カ", "力"],
  ["タ", "夕"],
  ["ト", "卜"],
  ["エ", "工"],
];

const standIn = new Map(
  families.flatMap(([head, members]) => [...members].map((member) => [member, head] as const)),
);

/** The skeleton of a name that is already case-folded. */
export function skeletonOf(folded: string): string {
  let skeleton = "";
  for (const character of folded.normalize("NFKD").replace(/\p{M}/gu, "")) {
    skeleton += standIn.get(character) ?? character;
  }
  return skeleton.replaceAll("rn", "m").replaceAll("vv", "w").normalize("NFC");
}
