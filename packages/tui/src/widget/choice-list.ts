// A list to choose from, in a box: what narrows it down, and the lines that are left. Pure.

import type { Editor } from "../editor/editor.ts";
import type { Row, Size } from "../frame/frame.ts";
import { oneLine } from "../frame/one-line.ts";
import { cutRow, fitRow, inRole, span } from "../frame/row.ts";
import { windowOf } from "../frame/window.ts";
import { cellWidth } from "../text/cell-width.ts";
import { sanitizeScreenLine } from "../text/sanitize.ts";
import type { BoxContent } from "./box.ts";
import type { WidgetSymbols } from "./symbols.ts";

/** Label and detail may hold what came from elsewhere. */
export interface ListLine {
  readonly label: string;
  /** Fainter, behind it. */
  readonly detail: string;
  readonly isMarked: boolean;
}

export interface ChoiceList {
  /** What narrows it down, as typed. */
  readonly filter: Editor;
  /** Those that are left, and which of them is chosen. */
  readonly lines: readonly ListLine[];
  readonly index: number;
  /** How many there are without a filter: the list keeps the height that they take. */
  readonly unfiltered: number;
  /** Behind the filter where it fits: how many are left of how many; may be empty. */
  readonly count: string;
  /** Instead of the lines, when none are left. */
  readonly emptyText: string;
}

/** Lines that are seen at once, on however high a screen. */
const linesMax = 20;
/** Of a label or a detail, in UTF-16 units, before it is cut to the row. */
const unitsMax = 400;
const filterColumnsMin = 8;

export function listContent(
  list: ChoiceList,
  { width, height }: Size,
  symbols: WidgetSymbols,
): Pick<BoxContent, "rows" | "caret" | "choices"> {
  const { lines, index, unfiltered } = list;
  const { row, column } = filterRow(list, width);
  const caret = { x: column, y: 0 };
  if (lines.length === 0) {
    const rows = [row, cutRow([span(list.emptyText, "faint")], width, symbols.ellipsis)];
    return { rows: filled(rows, unfiltered, height).slice(0, height), caret };
  }
  const { top, count } = windowOf(lines.length, Math.min(height - 1, linesMax), index);
  const shown = lines
    .slice(top, top + count)
    .map((line, at): Row => lineRow(line, { width, symbols, isChosen: top + at === index }));
  const choices = [null, ...shown.map((_, at) => top + at)];
  return { rows: filled([row, ...shown], unfiltered, height), caret, choices };
}

/** The box keeps its height while the list is narrowed down. */
function filled(rows: readonly Row[], lines: number, height: number): readonly Row[] {
  const wanted = Math.min(height, 1 + Math.min(linesMax, Math.max(1, lines)));
  return [...rows, ...Array.from({ length: Math.max(0, wanted - rows.length) }, (): Row => [])];
}

/** What narrows the list down, and how much is left. */
function filterRow({ filter, count }: ChoiceList, width: number): { row: Row; column: number } {
  const prompt = width > 2 ? "> " : "";
  const counted = count === "" ? "" : ` ${count}`;
  const hasCount = width - prompt.length - cellWidth(counted) >= filterColumnsMin;
  const end = hasCount ? counted : "";
  const room = Math.max(1, width - prompt.length - cellWidth(end));
  const { text, column } = oneLine(filter, room);
  const line = fitRow([span(prompt, "accent"), span(text)], prompt.length + room);
  return {
    row: [...line, span(end, "faint")],
    column: Math.min(prompt.length + column, width - 1),
  };
}

interface Drawn {
  readonly width: number;
  readonly symbols: WidgetSymbols;
  readonly isChosen: boolean;
}

function lineRow(line: ListLine, { width, symbols, isChosen }: Drawn): Row {
  const { chosen, ellipsis, newline } = symbols;
  const brief = (text: string) =>
    sanitizeScreenLine(text.slice(0, unitsMax).toWellFormed().replaceAll("\n", newline));
  const detail = brief(line.detail);
  const row = fitRow(
    [
      span(isChosen ? `${chosen} ` : "  ", "accent"),
      span(brief(line.label), line.isMarked ? "mention" : "text"),
      span(detail === "" ? "" : `  ${detail}`, "faint"),
    ],
    width,
    "text",
    ellipsis,
  );
  return isChosen ? inRole(row, "selected") : row;
}
