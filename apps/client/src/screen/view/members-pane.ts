// Who is in the room: sorted, in the colours of their nicks, those who are writing marked. Pure.

import { roomKey } from "@maru/sdk/chat";
import type { Row, Size } from "@maru/tui/frame";
import { fitRow, remote, span } from "@maru/tui/frame";
import { countText } from "../../layout/count-text.ts";
import { membersShown } from "../../layout/members-shown.ts";
import { nickRole } from "../../layout/nick-role.ts";
import { symbolsOf } from "../../layout/symbols.ts";
import { roomShown, type ScreenModel } from "../model/screen-model.ts";

/** The pane with its line to the left: each row `width` cells. */
export function membersPane(model: ScreenModel, { width, height }: Size): readonly Row[] {
  const { vertical, ellipsis, typing } = symbolsOf(model.settings.isAscii);
  const room = roomShown(model);
  const line = span(`${vertical} `, "border");
  const count = room?.memberCount ?? room?.members?.length ?? null;
  const heading = count === null ? "members" : `members ${count}`;
  const { shown, rest } = membersShown(model, height);
  const writing = new Set(room?.typing.map(({ nick }) => roomKey(nick)));
  const rows: Row[] = [[line, span(heading, "faint")]];
  for (const { nick, key } of shown) {
    const isWriting = writing.size > 0 && writing.has(key);
    const mark = isWriting ? [span(`${typing} `, "accent")] : [];
    const isMe = key === model.chat.meKey;
    rows.push([line, ...mark, remote(nick, isMe ? "own" : nickRole(nick))]);
  }
  if (rest > 0) rows.push([line, span(`and ${countText(rest)} more`, "faint")]);
  while (rows.length < height) rows.push([line]);
  return rows.slice(0, height).map((row) => fitRow(row, width, "text", ellipsis));
}
