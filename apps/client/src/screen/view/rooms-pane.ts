// The list of rooms: number, name, what is new there, what could not be sent. Pure.
// Which rooms those are, and in which rows, the layout says.

import { placeName, type RoomActivity, type RoomModel, roomActivity } from "@maru/chat-model/model";
import type { Role, Row, Size, Span } from "@maru/tui/frame";
import { fitRow, inRole, span } from "@maru/tui/frame";
import { cellWidth, cutToWidth, padToWidth, sanitizeScreenLine } from "@maru/tui/text";
import { countText } from "../../layout/count-text.ts";
import { roomsShown } from "../../layout/rooms-shown.ts";
import { type Symbols, symbolsOf } from "../../layout/symbols.ts";
import type { ScreenModel } from "../model/screen-model.ts";

/** Rooms that have a key of their own: Alt-1 … Alt-9. */
const numberedMax = 9;

/** The pane with its line to the right: each row `width` cells. */
export function roomsPane(model: ScreenModel, { width, height }: Size): readonly Row[] {
  const symbols = symbolsOf(model.settings.isAscii);
  const { hasHeading, keys, top, all } = roomsShown(model, height);
  const inner = Math.max(0, width - 1);
  const line = span(symbols.vertical, "border");
  const listed = keys.map((key) => {
    const room = model.chat.rooms.get(key);
    const row = room === undefined ? [] : roomRow(model, room, inner);
    return [...fitRow(row, inner, "text", symbols.ellipsis), line];
  });
  const heading = headingText(all, top, keys.length, symbols);
  const title = fitRow([span(heading, "faint")], inner);
  const blank = [span(" ".repeat(inner)), line];
  const rows = [...(hasHeading ? [[...title, line]] : []), ...listed];
  const missing = Math.max(0, height - rows.length);
  return [...rows, ...Array.from({ length: missing }, () => blank)].slice(0, height);
}

function headingText(all: number, top: number, count: number, { up, down }: Symbols): string {
  const marks = `${top > 0 ? up : ""}${top + count < all ? down : ""}`;
  return `rooms ${all}${marks === "" ? "" : ` ${marks}`}`;
}

function roomRow(model: ScreenModel, room: RoomModel, width: number): Row {
  const { key } = room;
  const symbols = symbolsOf(model.settings.isAscii);
  const activity = roomActivity(model, room);
  const marks = markSpans(activity, symbols);
  const nameWidth = width - 2 - marks.reduce((cells, { text }) => cells + cellWidth(text), 0);
  const isCurrent = key === model.chat.current;
  const number = model.numbers.get(key) ?? Number.POSITIVE_INFINITY;
  const digit = number <= numberedMax ? String(number) : " ";
  // A mark too, for terminals without colours.
  const hint = `${digit}${isCurrent ? symbols.chosen : " "}`;
  const name = sanitizeScreenLine(placeName(model.chat, room.name));
  const cut = padToWidth(cutToWidth(name, Math.max(0, nameWidth), symbols.ellipsis), nameWidth);
  const row = [span(hint, "faint"), span(cut, nameRole(activity)), ...marks];
  return isCurrent ? inRole(row, "selected") : row;
}

function nameRole({ isMuted, mentions, unread }: RoomActivity): Role {
  if (isMuted) return "faint";
  if (mentions > 0) return "mention";
  return unread > 0 ? "unread" : "text";
}

/** What stands behind the name, each with a space before it. */
function markSpans(activity: RoomActivity, symbols: Symbols): readonly Span[] {
  const { mentions, unread, hasNews, isMuted, isFailed, isPending } = activity;
  const marks: Span[] = [];
  if (isFailed) marks.push(span(` ${symbols.failed}`, "error"));
  else if (isPending) marks.push(span(` ${symbols.pending}`, "faint"));
  if (mentions > 0) marks.push(span(` @${countText(mentions)}`, isMuted ? "faint" : "mention"));
  if (unread > mentions) marks.push(span(` ${countText(unread)}`, isMuted ? "faint" : "unread"));
  if (unread === 0 && hasNews && !isMuted) marks.push(span(` ${symbols.dot}`, "faint"));
  return marks;
}
