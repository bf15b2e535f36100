// Letters that not every terminal gives as many cells as text/cell-width.ts does: what belongs to
// them, a sample to ask a terminal about, and what is drawn instead where it counts otherwise. Pure.
// Found by asking tmux 3.3a and GNU screen 4.9 about every character, and clusters of every kind.

import { cellWidth } from "./cell-width.ts";
import { emojiSelector } from "./emoji-selector.ts";
import { addedIn, type UnicodeVersion } from "./new-letters.ts";

export interface SymbolClass {
  readonly name: string;
  /** One letter as people count them. */
  readonly sample: string;
  /** The inside of a class of a regular expression: a letter of this class holds one of them. */
  readonly signs: string;
  /** What is drawn for a letter that holds one of them; made as wide afterwards. */
  readonly drawn: (letter: string) => string;
}

/** A box of two cells that every terminal knows, by which East Asian print marks a missing letter. */
export const wideReplacement = "〓";
export const replacement = "\ufffd";

const missing = (letter: string): string =>
  cellWidth(letter) === 2 ? wideReplacement : replacement.repeat(cellWidth(letter));

function newLetters(version: UnicodeVersion, sample: string): SymbolClass {
  const signs = addedIn(version);
  const mark = new RegExp(`(?<=.)(?=\\p{M})[${signs}]`, "gu");
  const any = new RegExp(`[${signs}]`, "u");
  const drawn = (letter: string) => {
    // A letter stays where only a mark on it is new.
    const plain = letter.replace(mark, "");
    return any.test(plain) ? missing(letter) : plain;
  };
  return { name: `unicode-${version}`, sample, signs, drawn };
}

const others = (name: string, sample: string, signs: string, drawn = missing): SymbolClass => ({
  name,
  sample,
  signs,
  drawn,
});

const flagLetterFirst = 0x1f1e6;
/** KR for 🇰🇷. */
const lettersOfFlag = (flag: string): string =>
  flag.replace(/[\u{1f1e6}-\u{1f1ff}]/gu, (letter) =>
    String.fromCharCode((letter.codePointAt(0) ?? 0) - flagLetterFirst + 0x41),
  );

/** One by itself is drawn by no terminal that does not know what to do with it. */
const withoutTones = (letter: string): string => {
  const plain = letter.replace(/(?<=.)[\u{1f3fb}-\u{1f3ff}]/gu, "");
  return /[\u{1f3fb}-\u{1f3ff}]/u.test(plain) ? missing(letter) : plain;
};

const without = (signs: RegExp) => (letter: string) => letter.replace(signs, "");

/** In the order in which they are applied, and asked about. */
export const symbolClasses: readonly SymbolClass[] = [
  newLetters("15", "\u{1fae8}"),
  newLetters("15.1", "\u{2ebf0}"),
  newLetters("16", "\u{1fae9}"),
  newLetters("17", "\u{1faea}"),
  // Made wide by Unicode 16.
  others(
    "trigrams",
    "☰",
    "\\u2630-\\u2637\\u268a-\\u268f\\u{1d300}-\\u{1d356}\\u{1d360}-\\u{1d376}",
  ),
  others("dark numbers", "㉈", "\\u3248-\\u324f"),
  others("annotations", "\ufff9", "\\ufff9-\\ufffb\\u{13430}-\\u{13438}"),
  others("skin tones", "👍🏽", "\\u{1f3fb}-\\u{1f3ff}", withoutTones),
  // What is joined becomes its first part: 👩 for 👩‍💻.
  others("joined emoji", "👩‍💻", "\\u200d", without(/(?<=\p{Emoji}.*)\u200d.*$/su)),
  others("emoji selectors", "1️⃣", "\\ufe0f", without(new RegExp(`(?<=.)${emojiSelector}`, "gu"))),
  others("flags", "🇰🇷", "\\u{1f1e6}-\\u{1f1ff}", lettersOfFlag),
  others("flags of regions", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\\u{e0020}-\\u{e007f}", without(/[\u{e0020}-\u{e007f}]/gu)),
];
