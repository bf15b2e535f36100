// The question whether a text that is too long for one message is sent in several. Pure.

import { type Row, type Size, span } from "@maru/tui/frame";
import { wrap } from "@maru/tui/text";
import type { BoxContent } from "@maru/tui/widget";
import type { Overlay, ScreenModel } from "../../screen/model/screen-model.ts";
import { keyHint } from "../key-label.ts";

type Parts = Extract<Overlay, { kind: "parts" }>;

export function partsContent(model: ScreenModel, overlay: Parts, size: Size): BoxContent {
  const { width, height } = size;
  const [bytes, most] = [overlay.bytes, overlay.bytesMax].map((each) => each.toLocaleString("en"));
  const back = keyHint(model, "escape", "goes back, and leaves it in the line");
  const rows = [
    ...lines(`${bytes} bytes are too long: a message holds ${most}.`, width, "strong"),
    ...lines(`Enter sends it in ${overlay.parts.length} parts`, width, "accent"),
    ...lines(back, width, "accent"),
  ];
  return { title: "too long", hint: "", rows: rows.slice(0, height), caret: null };
}

const lines = (text: string, width: number, role: "strong" | "accent"): Row[] =>
  text === "" ? [] : wrap(text, width).map((row): Row => [span(row.text, role)]);
