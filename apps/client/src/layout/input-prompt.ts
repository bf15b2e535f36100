// What stands before the text that is typed: where it would go, or what it would answer. Pure.

import { excerptOf, messageOf, placeName } from "@maru/chat-model/model";
import { type Row, rowWidth, span } from "@maru/tui/frame";
import { cellWidth, cutToWidth, sanitizeScreenLine } from "@maru/tui/text";
import { roomShown, type ScreenModel } from "../screen/model/screen-model.ts";
import { symbolsOf } from "./symbols.ts";

/** Of the width, what the prompt takes at most. */
const promptShare = 1 / 3;

/** Cells of what is answered, below which a piece of it says nothing. */
const excerptCellsMin = 6;

export interface PromptArea {
  readonly width: number;
  /** Every cell counts: the room is not named before what is typed. */
  readonly isNarrow: boolean;
}

/** The prompt, at most a third of the width; empty where there is no room for any. */
export function promptOf(model: ScreenModel, { width, isNarrow }: PromptArea): Row {
  const { ellipsis, reply } = symbolsOf(model.settings.isAscii);
  const { compose, chat } = model;
  const room = roomShown(model);
  const max = Math.floor(width * promptShare);
  const named = (before: string, name: string, behind: string): Row => {
    const left = max - cellWidth(before + behind);
    if (left < 0) return max < 2 ? [] : [span("> ", "faint")];
    const cut = cutToWidth(sanitizeScreenLine(name), left, ellipsis);
    return [span(before, "accent"), span(cut, "strong"), span(behind, "faint")];
  };
  if (room === null) return named("", "", "> ");
  switch (compose.kind) {
    case "edit":
      return named("", "edit", ": ");
    case "reply": {
      const answered = messageOf(room.timeline, compose.seq);
      const who = named(`${reply} `, answered?.from ?? `message ${compose.seq}`, "");
      const text = sanitizeScreenLine(excerptOf(answered?.text ?? "")).replace(/…$/, ellipsis);
      const left = max - rowWidth(who) - cellWidth(' "": ');
      const said = text === "" || left < excerptCellsMin ? "" : cutToWidth(text, left, ellipsis);
      if (said !== "") return [...who, span(` "${said}": `, "faint")];
      return named(`${reply} `, answered?.from ?? `message ${compose.seq}`, ": ");
    }
    case "say":
      return isNarrow ? named("", "", "> ") : named("", placeName(chat, room.name), "> ");
  }
}
