// A text to be read, on top of the conversation: wrapped, and scrolled by its rows. Pure.

import { type Row, type Size, span } from "@maru/tui/frame";
import { sanitizeScreen, wrap } from "@maru/tui/text";
import type { BoxContent } from "@maru/tui/widget";
import type { Overlay, ScreenModel } from "../../screen/model/screen-model.ts";
import { keyHint } from "../key-label.ts";
import { symbolsOf } from "../symbols.ts";

type Text = Extract<Overlay, { kind: "text" }>;

function textRows(text: string, width: number): readonly string[] {
  const harmless = sanitizeScreen(text).replace(/\n+$/, "");
  return wrap(harmless, width).map((row) => row.text);
}

export function textRowCount(text: string, width: number): number {
  return textRows(text, width).length;
}

export function textContent(model: ScreenModel, overlay: Text, size: Size): BoxContent {
  const rows = textRows(overlay.text, size.width).map((text): Row => [span(text)]);
  return { title: overlay.title, ...scrolledRows(model, rows, overlay.top, size), caret: null };
}

/** The part of `rows` from `top` on that fits, and a hint which part that is. */
export function scrolledRows(
  model: ScreenModel,
  rows: readonly Row[],
  top: number,
  { height }: Size,
): { rows: readonly Row[]; hint: string } {
  const { up, down } = symbolsOf(model.settings.isAscii);
  const closes = keyHint(model, "escape", "closes");
  if (rows.length <= height) return { rows, hint: closes };
  const first = Math.max(0, Math.min(top, rows.length - height));
  const end = first + height;
  const marks = `${first > 0 ? up : " "}${end < rows.length ? down : " "}`;
  const part = `${marks} ${first + 1}-${end} of ${rows.length}`;
  return { rows: rows.slice(first, end), hint: closes === "" ? part : `${part}  ${closes}` };
}
