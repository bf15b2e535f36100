// The row between the conversation and the input: how the connection is, what is under way, what
// waits elsewhere. Pure. Sets the parts side by side; status-parts.ts says what they are.

import type { Row } from "@maru/tui/frame";
import { cutRow, fitParts, partGap, rowWidth, span } from "@maru/tui/frame";
import { cellWidth, sanitizeScreenLine } from "@maru/tui/text";
import { symbolsOf } from "../../layout/symbols.ts";
import { besideToast } from "../../layout/toast-cells.ts";
import type { ScreenModel } from "../model/screen-model.ts";
import { type StatusContext, statusParts } from "./status-parts.ts";

export function statusRow(model: ScreenModel, width: number, context: StatusContext): Row {
  const { horizontal, ellipsis } = symbolsOf(model.settings.isAscii);
  const toast = toastRow(model, width);
  const parts = statusParts(model, context);
  const shown =
    toast === null ? parts : parts.filter(({ side, isKept }) => side === "left" || isKept === true);
  const kept = parts.flatMap(({ isKept, ways: [way = []] }) => (isKept === true ? [way] : []));
  const beside = besideToast + kept.reduce((cells, way) => cells + rowWidth(way) + partGap, 0);
  const most = Math.max(width - beside, Math.floor(width / 2));
  const taken = toast === null ? 0 : Math.min(rowWidth(toast), most) + partGap;
  const { left, right } = fitParts(shown, Math.max(0, width - taken));
  const start = joined(left);
  const others = joined(right);
  const room = width - rowWidth(start) - (others.length > 0 ? rowWidth(others) + partGap : 0);
  const word = toast === null ? [] : cutRow(toast, Math.max(1, room - partGap), ellipsis);
  const end = joined([word, others].filter((row) => row.length > 0));
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

/** What is said for a moment; null: nothing, or its time is over. */
function toastRow({ toast, chat, settings }: ScreenModel, width: number): Row | null {
  if (toast === null || toast.untilMs <= chat.nowMs) return null;
  const { ellipsis } = symbolsOf(settings.isAscii);
  const text = sanitizeScreenLine(toast.text);
  const row = [span(text, toast.isError ? "error" : "accent")];
  return cellWidth(text) === 0 ? null : cutRow(row, Math.max(1, width - 2), ellipsis);
}
