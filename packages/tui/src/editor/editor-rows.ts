// The editor's text as the rows of a box of a given width, and where in them the caret stands. Pure.
// The caret never stands beyond the last column: behind a full row it is at the start of the next.

import { cellWidth } from "../text/cell-width.ts";
import { type WrappedRow, wrap } from "../text/wrap.ts";
import type { Editor } from "./editor.ts";

export interface EditorRows {
  readonly rows: string[];
  /** From 0. */
  readonly caretRow: number;
  /** Cells from the left edge, < width. */
  readonly caretColumn: number;
}

/** The row of `rows` to which `caret` belongs: the last one that begins at or before it. */
export function rowOf(rows: readonly WrappedRow[], caret: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows[middle]?.start ?? 0) <= caret) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Rows of `text` for a caret at `caret`: one more, empty, where it stands behind a full row. */
export function rowsWithCaret(text: string, caret: number, width: number): WrappedRow[] {
  const rows = wrap(text, width);
  const at = rowOf(rows, caret);
  const start = rows[at]?.start ?? 0;
  const isLineEnd = caret === text.length || text[caret] === "\n";
  if (isLineEnd && caret > start && cellWidth(text.slice(start, caret)) >= width) {
    rows.splice(at + 1, 0, { start: caret, end: caret, text: "" });
  }
  return rows;
}

/** The column of `caret` in a row of `width` that begins at `start`; spaces may hang over its end. */
export function columnOf(text: string, start: number, caret: number, width: number): number {
  return Math.max(0, Math.min(cellWidth(text.slice(start, caret)), width - 1));
}

/** Rows to show, soft-wrapped; at least one. */
export function editorRows(editor: Editor, width: number): EditorRows {
  const { text, caret } = editor;
  const rows = rowsWithCaret(text, caret, width);
  const caretRow = rowOf(rows, caret);
  const start = rows[caretRow]?.start ?? 0;
  const caretColumn = columnOf(text, start, caret, width);
  return { rows: rows.map((row) => row.text), caretRow, caretColumn };
}
