// How many cells of the terminal a text takes: what the painter will draw, to the cell.
// The only place that measures. For one line of harmless text (text/sanitize.ts). Pure.

import { isSelected } from "./emoji-selector.ts";
import { eachGrapheme, plainCells } from "./graphemes.ts";

/** What takes no cell of its own: marks, joiners, selectors, fillers. Not the jamo fillers. */
const cellless = /[[\p{M}\p{Cc}\p{Default_Ignorable_Code_Point}]--[\u00ad\u115f\u1160]]/v;
const nonspacing = /\p{Mn}/u;
const modifierBase = /\p{Emoji_Modifier_Base}/u;
/** What joins the letter behind it (Grapheme_Cluster_Break=Prepend). */
const prefix =
  /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u{110bd}\u{110cd}\u{111c2}\u{111c3}\u{113d1}\u{1193f}\u{11941}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]/u;
const emojiSelector = 0xfe0f;
const replacement = "\ufffd";
/** What begins anew behind a patch of colour. */
const base = /[\p{Lo}\p{Extended_Pictographic}]/u;

const isModifier = (code: number) => code >= 0x1f3fb && code <= 0x1f3ff;
const isFlagLetter = (code: number) => code >= 0x1f1e6 && code <= 0x1f1ff;
/** Vowels of Thai and Lao that stand in a cell of their own. */
const isSpacingVowel = (code: number) => code === 0x0e33 || code === 0x0eb3;
const isDevanagari = (code: number) =>
  (code >= 0x0915 && code <= 0x0939) || (code >= 0x0958 && code <= 0x095f);
/** Written above the letter that it precedes. */
const ra = 0x0930;

/** Cells of a code point by itself. What has no width elsewhere and is no mark is drawn in one. */
function codePointCells(letter: string): number {
  return cellless.test(letter) ? 0 : Math.max(1, Bun.stringWidth(letter));
}

/**
 * Cells of one grapheme: those of its first letter that has any. It grows by an emoji selector, a
 * second flag letter, a skin tone, a vowel that takes its own cell, and a conjunct of Devanagari.
 */
function graphemeCells(grapheme: string): number {
  const first = grapheme.charCodeAt(0);
  if (grapheme.length === 1) return plainCells(first) || codePointCells(grapheme);
  if (isSelected(grapheme)) return codePointCells(grapheme.slice(0, -1));
  let before = 0;
  let cells = 0;
  let head = 0;
  let isJoined = false;
  let previous = "";
  for (const letter of grapheme) {
    const code = letter.codePointAt(0) ?? 0;
    if (head === 0 || isApart(head, previous, letter, code)) {
      before += cells;
      cells = 0;
      head = code;
      isJoined = false;
    }
    if (cells === 0) cells = codePointCells(letter);
    else if (grows(head, previous, code)) cells = Math.max(cells, 2);
    else if (nonspacing.test(letter)) isJoined = true;
    else if (isJoined && isDevanagari(code)) {
      cells += code === ra ? 0 : 1;
      isJoined = false;
    }
    previous = letter;
  }
  return before + cells;
}

/** Cells of the grapheme of `text` from `start` to `end`. */
export function cellsBetween(text: string, start: number, end: number): number {
  const plain = end === start + 1 ? plainCells(text.charCodeAt(start)) : 0;
  return plain || graphemeCells(text.slice(start, end));
}

/** Whether a letter makes the one that it joins two cells wide. */
function grows(head: number, previous: string, code: number): boolean {
  if (isModifier(code)) return previous.codePointAt(0) === head && modifierBase.test(previous);
  if (isFlagLetter(code)) return isFlagLetter(head);
  return code === emojiSelector || isSpacingVowel(code);
}

/** Whether the painter parts what Unicode joins: U+FFFD, and skin tones of what has no skin. */
function isApart(head: number, previous: string, letter: string, code: number): boolean {
  if (letter === replacement || previous === replacement) return true;
  if (isModifier(code)) return !modifierBase.test(previous) && !prefix.test(previous);
  return isModifier(head) && base.test(letter) && !isSpacingVowel(code);
}

/** Where the part of `text` that needs no segmenter ends, and the cells up to there. */
function plainPart(text: string): { end: number; cells: number } {
  let cells = 0;
  for (let at = 0; at < text.length; at += 1) {
    const plain = plainCells(text.charCodeAt(at));
    if (plain === 0) return { end: at, cells };
    cells += plain;
  }
  return { end: text.length, cells };
}

/** Cells of a line of text. */
export function cellWidth(text: string): number {
  const plain = plainPart(text);
  if (plain.end === text.length) return plain.cells;
  let cells = 0;
  eachGrapheme(text, (start, end) => {
    cells += cellsBetween(text, start, end);
    return true;
  });
  return cells;
}

/** Where the graphemes end that fit into `width` cells. */
function fitting(text: string, width: number): number {
  let cells = 0;
  let fits = 0;
  eachGrapheme(text, (start, end) => {
    cells += cellsBetween(text, start, end);
    if (cells > width) return false;
    fits = end;
    return true;
  });
  return fits;
}

/** `text` if it fits into `width` cells, else as much of it as fits with `ellipsis` behind it. */
export function cutToWidth(text: string, width: number, ellipsis = "…"): string {
  const first = fitting(text, width);
  if (first === text.length) return text;
  const room = width - cellWidth(ellipsis);
  if (room < 0) return text.slice(0, first);
  return text.slice(0, fitting(text, room)) + ellipsis;
}

/** `text` with spaces behind it up to `width` cells; wider text stays as it is. */
export function padToWidth(text: string, width: number): string {
  const padded = text + " ".repeat(Math.max(0, width - cellWidth(text)));
  // A letter that joins the one behind it has taken the first space for its own.
  return padded.length === text.length || cellWidth(padded) >= width ? padded : `${padded} `;
}
