// Where the letters of a text begin and end, as people count them: extended grapheme clusters.
// Offsets are UTF-16 units. Pure. Text of plain letters never reaches the segmenter, which is slow.

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * The cells of a unit that is a letter by itself wherever its neighbour is one too; 0: ask the
 * segmenter. ASCII and newline, kana, Han, Hangul syllables: between two of them is a boundary.
 */
export function plainCells(unit: number): 0 | 1 | 2 {
  if (unit < 0x80) return (unit >= 0x20 && unit < 0x7f) || unit === 0x0a ? 1 : 0;
  if (unit >= 0xac00) return unit <= 0xd7a3 ? 2 : 0;
  if (unit >= 0x4e00) return unit <= 0x9fff ? 2 : 0;
  return (unit >= 0x3041 && unit <= 0x3096) || (unit >= 0x30a1 && unit <= 0x30fa) ? 2 : 0;
}

const isPlainAt = (text: string, at: number) => plainCells(text.charCodeAt(at)) !== 0;

/** A boundary that no neighbour can move. */
function isPlainBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  return isPlainAt(text, at - 1) && isPlainAt(text, at);
}

/** Where the text that only the segmenter can cut ends, which began at `from`. */
function endOfRun(text: string, from: number): number {
  let end = from + 1;
  while (!isPlainBoundary(text, end)) end += 1;
  return end;
}

/** Calls `visit` for each grapheme in order; in time linear in the text. False stops it. */
export function eachGrapheme(
  text: string,
  visit: (start: number, end: number) => boolean | undefined,
): void {
  let at = 0;
  while (at < text.length) {
    const end = endOfRun(text, at);
    if (end === at + 1) {
      if (visit(at, end) === false) return;
    } else {
      for (const { index, segment } of segmenter.segment(text.slice(at, end))) {
        if (visit(at + index, at + index + segment.length) === false) return;
      }
    }
    at = end;
  }
}

export function graphemesOf(text: string): string[] {
  const graphemes: string[] = [];
  eachGrapheme(text, (start, end) => {
    graphemes.push(text.slice(start, end));
    return true;
  });
  return graphemes;
}

/** The end of the grapheme in which `at` lies, or which begins there; the text's end at most. */
export function nextGrapheme(text: string, at: number): number {
  if (at >= text.length) return text.length;
  if (isPlainAt(text, at) && isPlainBoundary(text, at + 1)) return at + 1;
  const found = segmenter.segment(text).containing(Math.max(0, at));
  return found === undefined ? text.length : found.index + found.segment.length;
}

/** The start of the grapheme that ends at `at`, or in which it lies; 0 at least. */
export function previousGrapheme(text: string, at: number): number {
  if (at <= 0) return 0;
  const last = Math.min(at, text.length) - 1;
  if (isPlainAt(text, last) && isPlainBoundary(text, last)) return last;
  return segmenter.segment(text).containing(last)?.index ?? 0;
}

/** `at` itself where a grapheme begins or the text ends; else the end of the grapheme around it. */
export function graphemeBoundary(text: string, at: number): number {
  if (at <= 0) return 0;
  if (at >= text.length) return text.length;
  if (isPlainBoundary(text, at)) return at;
  const found = segmenter.segment(text).containing(at);
  if (found === undefined || found.index === at) return at;
  return found.index + found.segment.length;
}
