// The first row: where one is, what it is about, how many are there. Pure.

import { goesOnIn, isDirect, isOtherHere, placeName } from "@maru/chat-model/model";
import type { Row } from "@maru/tui/frame";
import { remote, span, spreadRow } from "@maru/tui/frame";
import { sanitizeScreenLine } from "@maru/tui/text";
import { keyHint } from "../../layout/key-label.ts";
import { symbolsOf } from "../../layout/symbols.ts";
import { roomShown, type ScreenModel } from "../model/screen-model.ts";

/** Columns below which only the name stands in the row. */
const countFromColumns = 24;

export function titleRow(model: ScreenModel, width: number): Row {
  const { dot, ellipsis } = symbolsOf(model.settings.isAscii);
  const room = roomShown(model);
  const right = [span(width < countFromColumns ? "" : rightText(model), "faint")];
  if (room === null) return spreadRow([span("Maru", "title")], right, width, ellipsis);
  const name = remote(placeName(model.chat, room.name), "title");
  const topic = sanitizeScreenLine(room.topic).trim();
  const about = topic === "" ? [] : [span(` ${dot} `, "faint"), span(topic)];
  return spreadRow([name, ...about], right, width, ellipsis);
}

/** That what is written does not reach the other now. */
function conversationText(model: ScreenModel): string {
  const room = roomShown(model);
  if (room === null) return "";
  if (room.moved !== null) {
    return `goes on in ${sanitizeScreenLine(goesOnIn(model.chat, room.moved))}`;
  }
  return isOtherHere(room) ? "" : "not here";
}

/** How to leave what is on top; else how many are in the room. */
function rightText(model: ScreenModel): string {
  if (model.overlay !== null) return keyHint(model, "escape", "closes");
  const { chat } = model;
  const count = roomShown(model)?.memberCount ?? null;
  if (chat.current === null) return keyHint(model, "help", "help");
  if (isDirect(chat.current)) return conversationText(model);
  if (count === null) return "";
  return count === 1 ? "1 member" : `${count} members`;
}
