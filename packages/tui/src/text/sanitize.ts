// Makes text from elsewhere harmless for a terminal: the only way by which remote text may reach it.
// Replaces what would move the cursor, change colours, ring, or reorder what is read; keeps every
// letter of every script.

import { eachGrapheme } from "./graphemes.ts";

/** C0 but tab and newline, DEL, and C1 with its 8-bit escape sequences. */
const controls = /[^\P{Cc}\t\n]/gu;
/** Marks, embeddings, overrides and isolates that turn the order of letters around. */
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Line ends that are none to a terminal but may be to what reads its output. */
const separators = /[\u2028\u2029]/g;

/** Marks, and what joins without a place of its own, in runs long enough to hold too many. */
const piles = /[\p{M}\p{Cf}]{5,}/gu;
/** Combining marks that a letter keeps: a higher pile spills over the neighbouring rows. */
const marksMax = 4;

const replacement = "\ufffd";

/** Control pictures show which C0 character it was: ESC becomes ␛. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : replacement;
}

/** A run of marks and joiners without its marks beyond the first few. */
function lowered(pile: string): string {
  let marks = 0;
  return pile.replace(/\p{M}/gu, (mark) => {
    marks += 1;
    return marks > marksMax ? "" : mark;
  });
}

/** Text of any number of lines; `\n` and `\t` stay. */
export function sanitize(text: string): string {
  return text
    .toWellFormed()
    .replace(controls, picture)
    .replace(bidi, replacement)
    .replace(separators, " ")
    .replace(piles, lowered);
}

/** Text that must stay on one line, in line mode or as one types it. */
export function sanitizeLine(text: string): string {
  return sanitize(text).replace(/[\n\t]/g, " ");
}

/**
 * What draws nothing, and what each terminal draws otherwise: fillers, soft hyphens, spaces of no
 * width. Joiners and emoji selectors stay, and the letters of flags; `bidi` is seen to above.
 */
const unseen =
  /[\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe0e\ufe0f\u{e0020}-\u{e007f}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]]/gv;
/** Spaces for a tab: it has no width of its own. */
const tab = "    ";
/** Code points that a letter keeps. The longest emoji have 11; painters refuse far longer ones. */
export const graphemePartsMax = 16;

/** A letter of too many parts has half of them in a row; hardly any message does. */
const mayBeLong = /[^\x20-\x7e\u3041-\u3096\u4e00-\u9fff\uac00-\ud7a3]{8}/u;

const printable = /^[\x20-\x7e\n]*$/;

/**
 * As `sanitize`, for a view whose cells must be where it thinks they are: no tabs, nothing unseen,
 * and no letter that is joined without end. `\n` stays.
 */
export function sanitizeScreen(text: string): string {
  if (printable.test(text)) return text;
  const clean = sanitize(text.replace(unseen, "").replaceAll("\t", tab));
  return mayBeLong.test(clean) ? shortened(clean) : clean;
}

/** As `sanitizeScreen`, on one line: a nick, a room, a topic, an error. */
export function sanitizeScreenLine(text: string): string {
  return sanitizeScreen(text).replaceAll("\n", " ");
}

/** The text with the first parts of each letter that has too many. */
function shortened(clean: string): string {
  let kept = "";
  let from = 0;
  eachGrapheme(clean, (start, end) => {
    if (end - start <= graphemePartsMax) return true;
    const parts = [...clean.slice(start, end)].slice(0, graphemePartsMax);
    kept += clean.slice(from, start) + parts.join("");
    from = end;
    return true;
  });
  return kept + clean.slice(from);
}
