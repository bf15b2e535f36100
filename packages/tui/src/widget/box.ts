// A box that lies over the screen: where it may be, its edge, its title, and the frame with it. Pure.
// Centred on a wide screen, as wide as the screen on a narrow one, without an edge on a tiny one.

import type { Frame, Rectangle, Role, Row, Size } from "../frame/frame.ts";
import { cutRow, dropCells, fitRow, span } from "../frame/row.ts";
import { cellWidth, cutToWidth } from "../text/cell-width.ts";
import { sanitizeScreenLine } from "../text/sanitize.ts";
import type { WidgetSymbols } from "./symbols.ts";

/** What stands in a box. */
export interface BoxContent {
  /** May hold what came from elsewhere. */
  readonly title: string;
  /** At the lower edge: what keys do. */
  readonly hint: string;
  readonly rows: readonly Row[];
  /** Within `rows`. */
  readonly caret: Frame["caret"];
  /** For each row the index of the choice in it. */
  readonly choices?: readonly (number | null)[];
}

export interface BoxArea extends Rectangle {
  /** A line above and below; and at both sides. */
  readonly hasLines: boolean;
  readonly hasSides: boolean;
}

export interface BoxView {
  readonly y: number;
  readonly rows: readonly Row[];
  /** On the screen. */
  readonly caret: Frame["caret"];
}

/** Columns of the screen from which the box has sides. */
const sidesFromColumns = 60;
const boxColumnsMax = 120;
/** Cells of a side of the box with the space within. */
const sideColumns = 2;
/** Rows of the ground from which a box has lines; with fewer, it takes the whole screen. */
const linesFromRows = 4;

export interface BoxGround {
  readonly screen: Size;
  /** The rows that the box may cover; where they are few, it takes the whole screen. */
  readonly y: number;
  readonly height: number;
  /** Columns that stay to be seen at the left, where the screen is wide. */
  readonly left: number;
}

/** Where a box may be. */
export function boxArea({ screen, y, height, left }: BoxGround): BoxArea {
  const { width } = screen;
  if (height < linesFromRows) return { x: 0, y: 0, ...screen, hasLines: false, hasSides: false };
  if (width < sidesFromColumns) return { x: 0, y, width, height, hasLines: true, hasSides: false };
  const wide = Math.min(width - left, boxColumnsMax);
  const x = left + Math.floor((width - left - wide) / 2);
  return { x, y, width: wide, height, hasLines: true, hasSides: true };
}

/** What fits into the box. */
export function innerSize({ width, height, hasLines, hasSides }: BoxArea): Size {
  return {
    width: Math.max(1, width - (hasSides ? 2 * sideColumns : 0)),
    height: Math.max(1, height - (hasLines ? 2 : 0)),
  };
}

/** Where the first row of the content stands, in the middle of the area. */
export function contentTop(area: BoxArea, rows: number): number {
  const lines = area.hasLines ? 1 : 0;
  const height = Math.min(rows + 2 * lines, area.height);
  return area.y + Math.floor((area.height - height) / 2) + lines;
}

export function boxed(content: BoxContent, area: BoxArea, symbols: WidgetSymbols): BoxView {
  const { width, hasLines, hasSides } = area;
  const inner = innerSize(area);
  const rows = content.rows.slice(0, inner.height);
  const first = contentTop(area, rows.length);
  const left = hasSides ? [span(`${symbols.vertical} `, "border")] : [];
  const right = hasSides ? [span(` ${symbols.vertical}`, "border")] : [];
  const middle = rows.map((row): Row => [...left, ...fitRow(row, inner.width), ...right]);
  const caret = content.caret;
  const side = hasSides ? sideColumns : 0;
  const at = caret === null ? null : { x: area.x + side + caret.x, y: first + caret.y };
  if (!hasLines) return { y: first, rows: middle, caret: at };
  const { topLeft, topRight, bottomLeft, bottomRight } = symbols;
  const ends = (from: string, to: string) => (hasSides ? { from, to } : { from: "", to: "" });
  const above = edge(content.title, "title", { ...ends(topLeft, topRight), width, symbols });
  const below = edge(content.hint, "faint", { ...ends(bottomLeft, bottomRight), width, symbols });
  return { y: first - 1, rows: [above, ...middle, below], caret: at };
}

/** The frame with a box drawn over it; the caret is in the box, or nowhere. */
export function drawnOver(frame: Frame, { x, width }: BoxArea, box: BoxView): Frame {
  const rows = frame.rows.map((row, y): Row => {
    const over = box.rows[y - box.y];
    if (over === undefined) return row;
    const left = x > 0 ? fitRow(row, x) : [];
    return cutRow([...left, ...fitRow(over, width), ...dropCells(row, x + width)], frame.width);
  });
  return { ...frame, rows, caret: box.caret };
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly width: number;
  readonly symbols: WidgetSymbols;
}

/** A line with a text in it. */
function edge(text: string, role: Role, { from, to, width, symbols }: Edge): Row {
  const { horizontal, ellipsis } = symbols;
  const start = `${from}${horizontal}`;
  const room = width - cellWidth(start) - cellWidth(to) - 2;
  const label = room < 1 ? "" : cutToWidth(sanitizeScreenLine(text), room, ellipsis);
  const spaced = label === "" ? "" : ` ${label} `;
  const rest = width - cellWidth(start) - cellWidth(to) - cellWidth(spaced);
  const line = `${horizontal.repeat(Math.max(0, rest))}${to}`;
  return [span(start, "border"), span(spaced, role), span(line, "border")];
}
