// Where words begin and end, for moving and killing by words. Pure.
// A word is what Unicode's word boundaries call one (a run of Hangul up to a space, a word of
// Chinese or Japanese as the dictionary has it), or an emoji; all else lies between words.

const segmenter = new Intl.Segmenter("und", { granularity: "word" });
const emoji = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

/** UTF-16 units in which a word is looked for; a longer one is crossed in steps. */
export const wordWindowUnits = 1024;

/** Words of a piece of text, as offsets into it. */
function wordsOf(piece: string): { start: number; end: number }[] {
  const words: { start: number; end: number }[] = [];
  for (const { index, segment, isWordLike } of segmenter.segment(piece)) {
    if (isWordLike !== true && !emoji.test(segment)) continue;
    words.push({ start: index, end: index + segment.length });
  }
  return words;
}

/** The end of the word at or after `at`; the text's end at most. */
export function wordEnd(text: string, at: number): number {
  const piece = text.slice(at, at + wordWindowUnits);
  return at + (wordsOf(piece)[0]?.end ?? piece.length);
}

/** The start of the word before `at`, or of that in which it lies; 0 at least. */
export function wordStart(text: string, at: number): number {
  const from = Math.max(0, at - wordWindowUnits);
  return from + (wordsOf(text.slice(from, at)).at(-1)?.start ?? 0);
}
