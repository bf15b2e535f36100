// Rows of spans: how wide they are, cut, filled up and set side by side. Pure.
// Text from elsewhere becomes a span here, and is made harmless on the way.

import { cellWidth, cutToWidth } from "../text/cell-width.ts";
import { nextGrapheme } from "../text/graphemes.ts";
import { sanitizeScreenLine } from "../text/sanitize.ts";
import type { Role, Row, Span } from "./frame.ts";

/** Text of the client's own. */
export function span(text: string, role: Role = "text"): Span {
  return { text, role };
}

/** Text that came from elsewhere, on one line. */
export function remote(text: string, role: Role = "text"): Span {
  return { text: sanitizeScreenLine(text), role };
}

export function rowWidth(row: Row): number {
  return row.reduce((width, { text }) => width + cellWidth(text), 0);
}

/** As much of the row as fits into `width` cells; `ellipsis` where something is missing. */
export function cutRow(row: Row, width: number, ellipsis = ""): Row {
  if (rowWidth(row) <= width) return row;
  const mark = cellWidth(ellipsis) <= width ? ellipsis : "";
  const cut: Span[] = [];
  let left = width - cellWidth(mark);
  let role: Role = "text";
  for (const each of row) {
    const text = cutToWidth(each.text, left, "");
    if (text !== "") cut.push({ ...each, text });
    left -= cellWidth(text);
    role = each.role;
    if (text.length < each.text.length) break;
  }
  return mark === "" ? cut : [...cut, span(mark, role)];
}

/** The row at exactly `width` cells: cut, or with spaces of `role` behind it. */
export function fitRow(row: Row, width: number, role: Role = "text", ellipsis = ""): Row {
  const cells = rowWidth(row);
  if (cells === width) return row;
  if (cells < width) return [...row, span(" ".repeat(width - cells), role)];
  const cut = cutRow(row, width, ellipsis);
  const missing = width - rowWidth(cut);
  return missing > 0 ? [...cut, span(" ".repeat(missing), role)] : cut;
}

/** `left` and `right` at the two ends of `width` cells; `left` gives way, then `right` is cut. */
export function spreadRow(left: Row, right: Row, width: number, ellipsis: string): Row {
  const end = cutRow(right, width, ellipsis);
  const room = width - rowWidth(end);
  if (end.length === 0) return fitRow(left, width, "text", ellipsis);
  return [...fitRow(left, Math.max(0, room - 1), "text", ellipsis), ...gap(room), ...end];
}

const gap = (room: number): Row => (room > 0 ? [span(" ")] : []);

/** The row in one role throughout: what is chosen. */
export function inRole(row: Row, role: Role): Row {
  return row.map((each) => ({ ...each, role }));
}

/** What stands behind the first `cells` of a row; a wide letter that is cut in two leaves a space. */
export function dropCells(row: Row, cells: number): Row {
  const rest: Span[] = [];
  let before = 0;
  for (const each of row) {
    const start = before;
    before += cellWidth(each.text);
    if (before <= cells) continue;
    if (start >= cells) {
      rest.push(each);
      continue;
    }
    const gone = cutToWidth(each.text, cells - start, "");
    const text = each.text.slice(gone.length);
    const missing = before - cells - cellWidth(text);
    if (missing >= 0) rest.push({ ...each, text: " ".repeat(missing) + text });
    else rest.push({ ...each, text: ` ${dropFirst(text)}` });
  }
  return rest;
}

/** Without its first grapheme, of which only the right half would be seen. */
const dropFirst = (text: string): string => text.slice(nextGrapheme(text, 0));
