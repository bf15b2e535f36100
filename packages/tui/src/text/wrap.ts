// Cuts text into rows that a terminal of a given width can show. Pure; linear in the text.
// Breaks after spaces and around wide letters; a longer word is cut where a letter ends.

import { cellsBetween } from "./cell-width.ts";
import { eachGrapheme } from "./graphemes.ts";

/**
 * One row of `text.slice(start, end)`. Between the end of one row and the start of the next lie only
 * the spaces at which it broke, and the newline if there was one.
 */
export interface WrappedRow {
  /** UTF-16 units of the text that was wrapped. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The row that is being filled. */
interface Filling {
  start: number;
  cells: number;
  /** The end of the last letter that fits; spaces behind it may hang over the edge. */
  end: number;
  /** The last place where the row may break: what stands before it ends, what follows begins. */
  breakEnd: number;
  breakStart: number;
  /** Cells of what follows that place. */
  cellsSince: number;
}

const emptyRow = (start: number): Filling => ({
  start,
  cells: 0,
  end: start,
  breakEnd: start,
  breakStart: start,
  cellsSince: 0,
});

/** What follows U+1100 and is wide is of scripts (or pictures) that may be parted anywhere. */
const wideFrom = 0x1100;

/** Rows of `text`, each at most `width` cells (1 at least) or a single grapheme. "" is one row. */
export function wrap(text: string, width: number): WrappedRow[] {
  const rows: WrappedRow[] = [];
  const put = (start: number, end: number) =>
    rows.push({ start, end, text: text.slice(start, end) });
  let row = emptyRow(0);
  let wasWide = false;
  eachGrapheme(text, (start, end) => {
    const unit = text.charCodeAt(end - 1);
    if (unit === 0x0a) {
      put(row.start, row.end);
      row = emptyRow(end);
      wasWide = false;
      return true;
    }
    if (unit === 0x20 && end === start + 1) {
      space(row, end, width);
      wasWide = false;
      return true;
    }
    const cells = cellsBetween(text, start, end);
    const isWide = cells > 1 && text.charCodeAt(start) >= wideFrom;
    if ((isWide || wasWide) && row.breakStart !== start) breakHere(row, start);
    wasWide = isWide;
    const room = Math.max(1, width) - cells;
    // Behind a space that hangs over the edge even what takes no cell is of the next row.
    while (row.end < start || (row.cells > room && start > row.start)) {
      row = nextRow(row, start, put);
    }
    row.cells += cells;
    row.cellsSince += cells;
    row.end = end;
    return true;
  });
  put(row.start, row.end);
  return rows;
}

/** A space takes a cell where there is one, and hangs over the edge where there is none. */
function space(row: Filling, end: number, width: number): void {
  if (row.breakStart !== end - 1 || row.breakStart === row.start) row.breakEnd = row.end;
  if (row.cells < width) {
    row.cells += 1;
    row.end = end;
  }
  row.breakStart = end;
  row.cellsSince = 0;
}

function breakHere(row: Filling, at: number): void {
  row.breakEnd = at;
  row.breakStart = at;
  row.cellsSince = 0;
}

/** Ends `row` at its last break, or before the letter at `at` that has no room; the one after it. */
function nextRow(row: Filling, at: number, put: (start: number, end: number) => void): Filling {
  if (row.breakStart > row.start) {
    put(row.start, row.breakEnd);
    return {
      ...emptyRow(row.breakStart),
      cells: row.cellsSince,
      cellsSince: row.cellsSince,
      end: Math.max(row.breakStart, row.end),
    };
  }
  put(row.start, row.end);
  return emptyRow(at);
}
