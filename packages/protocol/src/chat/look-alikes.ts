// Which names a reader can't tell apart. A name's skeleton is what remains when each character
// stands for its whole family of look-alikes; two names with one skeleton can't be in use at once.
// A curated extract of UTS #39's idea (https://www.unicode.org/reports/tr39/): letters of the other
// alphabets that are drawn like Latin ones, and Latin ones and digits that are drawn alike.

import { foldText } from "./fold.ts";

/** Each row: the character that stands for the family, then its members, folded. */
const families: readonly (readonly [string, string])[] = [
  ["a", "аαɑᴀ"],
  ["b", "ьƅвβʙ"],
  ["c", "сϲᴄ"],
  ["d", "ԁɗᴅ"],
  ["e", "еҽєεɛᴇ"],
  ["f", "ғϝꜰ"],
  ["g", "ɡցɢ"],
  ["h", "һհнʜ"],
  ["j", "јϳյᴊ"],
  ["k", "кκĸᴋ"],
  ["l", "1iіιɩӏǀɪʟ\u1175"],
  ["m", "мᴍ"],
  ["n", "ոηпɴ"],
  ["o", "0оοσօөɵᴏ०০௦౦೦൦๐໐၀០\u110b"],
  ["p", "рρᴘ"],
  ["q", "ԛգզ"],
  ["r", "гᴦʀ"],
  ["s", "ѕꜱ"],
  ["t", "тτᴛ"],
  ["u", "υսцᴜ"],
  ["v", "ѵνᴠ"],
  ["w", "ԝѡωшᴡ"],
  ["x", "хχ"],
  ["y", "уγүұʏ"],
  ["z", "ᴢ"],
  ["3", "зӡᴣ"],
  ["6", "б"],
  ["-", "_.ˍˉ"],
  ["ʻ", "ʼ"],
  ["ک", "ك"],
  ["ی", "يى"],
  // Kana, Han and Hangul of one shape; a Hangul letter that stands alone folds to its jamo.
  ["ー", "一\u1173"],
  ["ロ", "口\u1106"],
  ["ニ", "二"],
  ["ハ", "八"],
  ["カ", "力"],
  ["タ", "夕"],
  ["ト", "卜"],
  ["エ", "工"],
  ["オ", "才"],
  ["ノ", "丿"],
  ["ヘ", "へ"],
  ["リ", "り"],
];

const standIn = new Map(
  families.flatMap(([head, members]) => [...members].map((member) => [member, head] as const)),
);

/** Capitals that are drawn like another Latin letter than their small ones. */
const capitals = new Map([
  ["Η", "h"],
  ["Ν", "n"],
  ["Υ", "y"],
  ["Μ", "m"],
  ["Ζ", "z"],
  ["Տ", "s"],
]);

/**
 * Accents, which are easily overlooked. Not the vowels of the Indic scripts and Thai, which are
 * marks too but make the word, nor the voicing of kana, by which ガ differs from カ.
 */
const accents = /(?![\u3099\u309a])\p{Script=Inherited}/gu;

/** The skeleton of a name as it is written; a folded name is seen as written in small letters. */
export function skeletonOf(name: string): string {
  const bare = name.normalize("NFKD").replace(accents, "").normalize("NFKC");
  const shapes = [...bare].map((letter) => capitals.get(letter) ?? letter).join("");
  let skeleton = "";
  for (const letter of foldText(shapes)) skeleton += standIn.get(letter) ?? letter;
  return skeleton.replaceAll("rn", "m").replaceAll("vv", "w");
}
