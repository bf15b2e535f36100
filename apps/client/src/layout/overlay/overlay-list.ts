// A list to choose from, on top of the conversation: what narrows it down, and the lines that are
// left. Pure. screen/update/lists.ts says which those are.

import {
  cutRow,
  fitRow,
  inRole,
  oneLine,
  type Row,
  type Size,
  span,
  windowOf,
} from "@maru/tui/frame";
import { cellWidth, sanitizeScreenLine } from "@maru/tui/text";
import type { BoxContent } from "@maru/tui/widget";
import { choicesOf, fittingOf, olderChoice } from "../../screen/model/choices.ts";
import type { Choice, Overlay, ScreenModel } from "../../screen/model/screen-model.ts";
import { keyHint } from "../key-label.ts";
import { type Symbols, symbolsOf } from "../symbols.ts";

type List = Extract<Overlay, { kind: "list" }>;

/** Lines that are seen at once, on however high a screen. */
const linesMax = 20;
/** Of a label or a detail, in UTF-16 units, before it is cut to the row. */
const unitsMax = 400;
const filterColumnsMin = 8;

const emptyTexts: Readonly<Record<List["purpose"], string>> = {
  switch: "you are in no other room",
  directory: "no room has people in it now",
  found: "nothing was found",
  failed: "nothing has failed",
};

const ofRooms = (count: number): string => (count === 1 ? "room" : "rooms");
const nouns: Readonly<Record<List["purpose"], (count: number) => string>> = {
  switch: ofRooms,
  directory: ofRooms,
  found: () => "found",
  failed: () => "failed",
};

export function listContent(model: ScreenModel, list: List, size: Size): BoxContent {
  const { width, height } = size;
  const symbols = symbolsOf(model.settings.isAscii);
  const choices = choicesOf(list);
  const { row, column } = filterRow(list, fittingOf(list).length, width);
  const closes = keyHint(model, "escape", "closes");
  const base = {
    title: list.title,
    hint: choices.length === 0 ? closes : `Enter chooses  ${closes}`.trim(),
    caret: { x: column, y: 0 },
  };
  if (choices.length === 0) {
    const text = emptyText(list, symbols);
    const rows = [row, cutRow([span(text, "faint")], width, symbols.ellipsis)];
    return { ...base, rows: filled(rows, list, height).slice(0, height) };
  }
  const { top, count } = windowOf(choices.length, Math.min(height - 1, linesMax), list.index);
  const shown = choices.slice(top, top + count).map((choice, at): Row => {
    const isChosen = top + at === list.index;
    const label = list.isWaiting ? "fetching older ones" : choice.label;
    const older = { ...choice, label: `${label}${symbols.ongoing}` };
    return choiceRow(choice === olderChoice ? older : choice, { width, symbols, isChosen });
  });
  const indexes = [null, ...shown.map((_, at) => top + at)];
  return { ...base, rows: filled([row, ...shown], list, height), choices: indexes };
}

/** The box keeps its height while the list is narrowed down. */
function filled(rows: readonly Row[], list: List, height: number): readonly Row[] {
  const lines = list.choices.length + (list.older ? 1 : 0);
  const wanted = Math.min(height, 1 + Math.min(linesMax, Math.max(1, lines)));
  return [...rows, ...Array.from({ length: Math.max(0, wanted - rows.length) }, (): Row => [])];
}

function emptyText(list: List, { ongoing }: Symbols): string {
  const { purpose, filter, isWaiting, choices, hints = [] } = list;
  if (isWaiting) return `waiting for the answer${ongoing}`;
  return filter.text !== "" && choices.length > 0
    ? "nothing fits that"
    : [emptyTexts[purpose], ...hints].join("; ");
}

/** What narrows the list down, and how much is left. */
function filterRow(list: List, left: number, width: number): { row: Row; column: number } {
  const all = list.choices.length;
  const noun = nouns[list.purpose](all);
  const count = left === all ? `${all} ${noun}` : `${left} of ${all} ${noun}`;
  const prompt = width > 2 ? "> " : "";
  const counted = all === 0 ? "" : ` ${count}`;
  const hasCount = width - prompt.length - cellWidth(counted) >= filterColumnsMin;
  const end = hasCount ? counted : "";
  const room = Math.max(1, width - prompt.length - cellWidth(end));
  const { text, column } = oneLine(list.filter, room);
  const line = fitRow([span(prompt, "accent"), span(text)], prompt.length + room);
  return {
    row: [...line, span(end, "faint")],
    column: Math.min(prompt.length + column, width - 1),
  };
}

interface Drawn {
  readonly width: number;
  readonly symbols: Symbols;
  readonly isChosen: boolean;
}

function choiceRow(choice: Choice, { width, symbols, isChosen }: Drawn): Row {
  const { chosen, ellipsis, newline } = symbols;
  const brief = (text: string) =>
    sanitizeScreenLine(text.slice(0, unitsMax).toWellFormed().replaceAll("\n", newline));
  const detail = brief(choice.detail);
  const row = fitRow(
    [
      span(isChosen ? `${chosen} ` : "  ", "accent"),
      span(brief(choice.label), choice.isMarked ? "mention" : "text"),
      span(detail === "" ? "" : `  ${detail}`, "faint"),
    ],
    width,
    "text",
    ellipsis,
  );
  return isChosen ? inRole(row, "selected") : row;
}
