// The row between the conversation and the input: how the connection is, what is under way, what
// waits elsewhere. Pure. status-parts.ts says what its parts are.

import { cutRow, type Row, span } from "@maru/tui/frame";
import { cellWidth, sanitizeScreenLine } from "@maru/tui/text";
import { statusRow as rowOf } from "@maru/tui/widget";
import { symbolsOf } from "../../layout/symbols.ts";
import type { ScreenModel } from "../model/screen-model.ts";
import { type StatusContext, statusParts } from "./status-parts.ts";

export function statusRow(model: ScreenModel, width: number, context: StatusContext): Row {
  const symbols = symbolsOf(model.settings.isAscii);
  return rowOf(statusParts(model, context), toastRow(model, width), width, symbols);
}

/** What is said for a moment; null: nothing, or its time is over. */
function toastRow({ toast, chat, settings }: ScreenModel, width: number): Row | null {
  if (toast === null || toast.untilMs <= chat.nowMs) return null;
  const { ellipsis } = symbolsOf(settings.isAscii);
  const text = sanitizeScreenLine(toast.text);
  const row = [span(text, toast.isError ? "error" : "accent")];
  return cellWidth(text) === 0 ? null : cutRow(row, Math.max(1, width - 2), ellipsis);
}
