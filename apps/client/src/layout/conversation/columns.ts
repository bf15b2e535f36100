// Where time, nick and text of the conversation stand: in columns, in a narrow area with the nick
// above its text, or bare. Puts what is left of the text before it, and knows no kind of item.

import { entryTime, timeLength } from "@maru/chat-model/time";
import type { Row, Span } from "@maru/tui/frame";
import { cutRow, fitRow, inRole } from "@maru/tui/frame";
import { cellWidth, cutToWidth, sanitizeScreenLine } from "@maru/tui/text";
import type { Symbols } from "../symbols.ts";
import type { RowStyle } from "./row-context.ts";

/** Columns of the area from which the nick has a column of its own. */
export const nickColumnFrom = 50;
const indent = 2;

/** What stands before a text. */
export interface Lead {
  /** Null: no time is shown. */
  readonly atMs: number | null;
  /** In the nick's column, on the row where the text begins. */
  readonly label: Span;
  /** In a narrow area: the row above the text, and the mark before it. */
  readonly head: Span | null;
  readonly mark: string;
  readonly isMention: boolean;
  /** The row of the body, from 0, beside which time and label stand. */
  readonly at: number;
}

/** Where texts stand in rows of this style. */
export type Arrangement = "columns" | "narrow" | "bare";

export function arrangementOf({ width, isBare }: RowStyle): Arrangement {
  if (isBare) return "bare";
  return width < nickColumnFrom ? "narrow" : "columns";
}

/** Cells of the nick's column. */
function nickCells(width: number): number {
  if (width < 70) return 10;
  return width < 100 ? 12 : 16;
}

const timeColumn = (style: RowStyle) => (style.hasTime ? timeLength(style.hours) + 1 : 0);

/** Cells that a text may fill. */
export function textCells(style: RowStyle): number {
  const { width } = style;
  switch (arrangementOf(style)) {
    case "bare":
      return width;
    case "narrow":
      return Math.max(1, width - indent);
    case "columns":
      return Math.max(1, width - timeColumn(style) - nickCells(width) - 3);
  }
}

/** A nick as the column shows it: harmless, and cut. */
export function shownNick(nick: string, style: RowStyle, symbols: Symbols): string {
  const harmless = sanitizeScreenLine(nick);
  const cells = arrangementOf(style) === "columns" ? nickCells(style.width) : style.width;
  return cutToWidth(harmless, cells, symbols.ellipsis);
}

/** The rows of an item: its text with what stands before it. */
export function placed(body: readonly Row[], lead: Lead, style: RowStyle, symbols: Symbols): Row[] {
  switch (arrangementOf(style)) {
    case "bare":
      return body.map((row) => cutRow(row, style.width));
    case "narrow":
      return narrow(body, lead, style, symbols);
    case "columns":
      return columns(body, lead, style, symbols);
  }
}

function columns(
  body: readonly Row[],
  { label, atMs, isMention, at }: Lead,
  style: RowStyle,
  symbols: Symbols,
): Row[] {
  const nicks = nickCells(style.width);
  const times = timeColumn(style);
  const bar: Span = isMention
    ? { text: ` ${symbols.mention} `, role: "unread" }
    : { text: ` ${symbols.vertical} `, role: "border" };
  const blank: Row = [{ text: " ".repeat(times + nicks), role: "text" }, bar];
  return body.map((row, index) => {
    if (index !== at) return [...blank, ...row];
    const time = atMs === null ? "" : entryTime(atMs, style.hours);
    const padding = " ".repeat(Math.max(0, nicks - cellWidth(label.text)));
    const shown: Span[] =
      times === 0 ? [] : [{ text: `${time.padStart(times - 1)} `, role: "faint" }];
    if (padding !== "") shown.push({ text: padding, role: "text" });
    if (label.text !== "") shown.push(label);
    return [...shown, bar, ...row];
  });
}

function narrow(
  body: readonly Row[],
  { head, mark, atMs, isMention, at }: Lead,
  style: RowStyle,
  symbols: Symbols,
): Row[] {
  const rows = body.map((row, index): Row => {
    const first = isMention ? symbols.mention : index === at ? mark : " ";
    const before = `${first}${" ".repeat(Math.max(0, indent - cellWidth(first)))}`;
    return cutRow([{ text: before, role: isMention ? "unread" : "faint" }, ...row], style.width);
  });
  if (head === null) return rows;
  const time: Span[] =
    atMs === null ? [] : [{ text: ` ${entryTime(atMs, style.hours)}`, role: "faint" }];
  return [cutRow([head, ...time], style.width), ...rows];
}

/** A line through the whole area with a word in it: days, what is new, what is missing. */
export function ruled(word: Span, style: RowStyle, symbols: Symbols, dashes = 4): Row {
  const label = ` ${word.text} `;
  const rest = style.width - cellWidth(label);
  // For copying, and where it would not fit twice, the line is as long as it needs to be.
  const before = style.isBare ? dashes : Math.max(1, Math.floor(rest / 2));
  const after = style.isBare ? dashes : Math.max(1, rest - before);
  const line = symbols.horizontal;
  return cutRow([{ ...word, text: line.repeat(before) + label + line.repeat(after) }], style.width);
}

/** The row as the chosen one: to be seen without colours, too. */
export function chosen(row: Row, style: RowStyle, symbols: Symbols): Row {
  const marked = row.map((span, index): Span => {
    const isBar = span.role === "border" && span.text === ` ${symbols.vertical} `;
    if (isBar) return { ...span, text: ` ${symbols.chosen} ` };
    const isMargin = index === 0 && arrangementOf(style) === "narrow" && span.role === "faint";
    return isMargin ? { ...span, text: symbols.chosen.padEnd(indent) } : span;
  });
  return inRole(fitRow(marked, style.width), "selected");
}
