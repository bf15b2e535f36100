// How many rows of a terminal a text takes while a line editor shows it. Pure.

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * Rows of `text`, which begins in the first column. A wide letter that does not fit at the end of a
 * row begins the next; a row that is full to its end puts the cursor on one more.
 */
export function displayRows(text: string, columns: number): number {
  let rows = 1;
  let column = 0;
  for (const { segment } of graphemes.segment(text)) {
    const width = Bun.stringWidth(segment);
    if (column + width > columns) {
      rows += 1;
      column = 0;
    }
    column += width;
  }
  return column === columns ? rows + 1 : rows;
}
