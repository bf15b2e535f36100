// Who is in the room: sorted, in the colours of their nicks, those who are writing marked. Pure.

import type { NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk";
import type { Row, Size } from "@maru/tui/frame";
import { fitRow, remote, span } from "@maru/tui/frame";
import { roomShown, type ScreenModel } from "../screen/model/screen-model.ts";
import { nickRole } from "./nick-role.ts";
import { countText } from "./room-activity.ts";
import { symbolsOf } from "./symbols.ts";

export interface MembersPane {
  readonly rows: readonly Row[];
  /** For each row the nick in it, or null. */
  readonly nicks: readonly (string | null)[];
}

interface Member {
  readonly nick: string;
  readonly key: NameKey;
}

/** The sorted members of a list that was seen before: a room of 1,000 is sorted once. */
const sortedLists = new WeakMap<readonly string[], readonly Member[]>();

function sorted(members: readonly string[]): readonly Member[] {
  const known = sortedLists.get(members);
  if (known !== undefined) return known;
  const keyed = members.map((nick) => ({ nick, key: roomKey(nick) }));
  // By code units: the same order on every machine.
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  sortedLists.set(members, keyed);
  return keyed;
}

/** The pane with its line to the left: each row `width` cells. */
export function membersPane(model: ScreenModel, { width, height }: Size): MembersPane {
  const { vertical, ellipsis, typing } = symbolsOf(model.settings.isAscii);
  const room = roomShown(model);
  const line = span(`${vertical} `, "border");
  const members = sorted(room?.members ?? []);
  const count = room?.memberCount ?? (room?.members == null ? null : members.length);
  const heading = count === null ? "members" : `members ${count}`;
  const space = Math.max(0, height - 1);
  const shown = members.length <= space ? members : members.slice(0, Math.max(0, space - 1));
  const writing = new Set(room?.typing.map(({ nick }) => roomKey(nick)));
  const rows: Row[] = [[line, span(heading, "faint")]];
  for (const { nick, key } of shown) {
    const isWriting = writing.size > 0 && writing.has(key);
    const mark = isWriting ? [span(`${typing} `, "accent")] : [];
    const isMe = key === model.chat.meKey;
    rows.push([line, ...mark, remote(nick, isMe ? "own" : nickRole(nick))]);
  }
  const rest = members.length - shown.length;
  if (rest > 0) rows.push([line, span(`and ${countText(rest)} more`, "faint")]);
  while (rows.length < height) rows.push([line]);
  const nicks = [null, ...shown.map(({ nick }) => nick)];
  return {
    rows: rows.slice(0, height).map((row) => fitRow(row, width, "text", ellipsis)),
    nicks: Array.from({ length: height }, (_, y) => nicks[y] ?? null),
  };
}
