// A text to be read, on top of the conversation. Pure.

import { type Row, type Size, span } from "@maru/tui/frame";
import { type BoxContent, scrolledRows, textRows } from "@maru/tui/widget";
import type { Overlay, ScreenModel } from "../../screen/model/screen-model.ts";
import { keyHint } from "../key-label.ts";
import { symbolsOf } from "../symbols.ts";

type Text = Extract<Overlay, { kind: "text" }>;

export function textContent(model: ScreenModel, overlay: Text, size: Size): BoxContent {
  const rows = textRows(overlay.text, size.width).map((text): Row => [span(text)]);
  return { title: overlay.title, ...scrolled(model, rows, overlay.top, size), caret: null };
}

/** The part of `rows` from `top` on, and how to close what is open. */
export function scrolled(
  model: ScreenModel,
  rows: readonly Row[],
  top: number,
  size: Size,
): Pick<BoxContent, "rows" | "hint"> {
  const closes = keyHint(model, "escape", "closes");
  return scrolledRows(rows, top, size, closes, symbolsOf(model.settings.isAscii));
}
