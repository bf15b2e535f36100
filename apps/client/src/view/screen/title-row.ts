// The first row: where one is, what it is about, how many are there. Pure.

import { placeName } from "../../model/model.ts";
import type { Row } from "../../screen/frame.ts";
import { isDirect } from "../../screen/room-order.ts";
import { roomShown, type ScreenModel } from "../../screen/screen-model.ts";
import { sanitizeScreenLine } from "../../text/sanitize.ts";
import { keyHint } from "./key-label.ts";
import { remote, span, spreadRow } from "./row.ts";
import { symbolsOf } from "./symbols.ts";

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

/** How to leave what is on top; else how many are in the room. */
function rightText(model: ScreenModel): string {
  if (model.overlay !== null) return keyHint(model, "escape", "closes");
  const { chat } = model;
  const count = roomShown(model)?.memberCount ?? null;
  if (count === null || chat.current === null || isDirect(chat.current)) {
    return chat.current === null ? keyHint(model, "help", "help") : "";
  }
  return count === 1 ? "1 member" : `${count} members`;
}
