// One row of parts that matter more or less, with a line between the two sides; and a word that for a
// moment takes the place of the right side. Pure.

import { fitParts, type Part, partGap } from "../frame/fit-parts.ts";
import type { Row } from "../frame/frame.ts";
import { cutRow, rowWidth, span } from "../frame/row.ts";
import type { WidgetSymbols } from "./symbols.ts";

/** Columns that a word leaves to what stands left of it, on a narrow screen half of them. */
const besideWord = 20;

/** Cells of a word that are to be seen, whatever else is in the row beside `kept` cells on the right. */
export function wordCells(width: number, kept: number): number {
  return Math.max(width - besideWord - kept, Math.floor(width / 2));
}

/** `word`: what is said for a moment, null where nothing is. */
export function statusRow(
  parts: readonly Part[],
  word: Row | null,
  width: number,
  { horizontal, ellipsis }: WidgetSymbols,
): Row {
  const isKept = (part: Part) => part.isKept === true;
  const shown =
    word === null ? parts : parts.filter((part) => part.side === "left" || isKept(part));
  const kept = parts.flatMap((part) => (isKept(part) ? [part.ways[0] ?? []] : []));
  const most = wordCells(
    width,
    kept.reduce((cells, way) => cells + rowWidth(way) + partGap, 0),
  );
  const taken = word === null ? 0 : Math.min(rowWidth(word), most) + partGap;
  const { left, right } = fitParts(shown, Math.max(0, width - taken));
  const start = joined(left);
  const others = joined(right);
  const room = width - rowWidth(start) - (others.length > 0 ? rowWidth(others) + partGap : 0);
  const said = word === null ? [] : cutRow(word, Math.max(1, room - partGap), ellipsis);
  const end = joined([said, others].filter((row) => row.length > 0));
  const gap = end.length === 0 ? 0 : 1;
  const line = width - rowWidth(start) - rowWidth(end) - 1 - gap;
  if (end.length === 0 && line < 1) return cutRow(start, width, ellipsis);
  if (line < 1) return cutRow([...start, ...spaces(partGap), ...end], width, ellipsis);
  const rule = span(` ${horizontal.repeat(line)}${gap === 1 ? " " : ""}`, "border");
  return [...start, rule, ...end];
}

function joined(rows: readonly Row[]): Row {
  return rows.flatMap((row, index) => (index === 0 ? row : [...spaces(partGap), ...row]));
}

const spaces = (count: number): Row => [span(" ".repeat(count))];
