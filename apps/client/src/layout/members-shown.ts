// Who of the room is to be seen in its pane, and in which row: sorted, below a heading. Pure.

import type { NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk";
import { roomShown, type ScreenModel } from "../screen/model/screen-model.ts";

export interface Member {
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

/** Those of whom a pane of `height` rows shows the nicks; the rest is counted in its last row. */
export function membersShown(
  model: ScreenModel,
  height: number,
): { readonly shown: readonly Member[]; readonly rest: number } {
  const members = sorted(roomShown(model)?.members ?? []);
  const space = Math.max(0, height - 1);
  const shown = members.length <= space ? members : members.slice(0, Math.max(0, space - 1));
  return { shown, rest: members.length - shown.length };
}

/** The nick in row `y` of a pane of `height` rows. */
export function memberInRow(model: ScreenModel, height: number, y: number): string | null {
  return y < height ? (membersShown(model, height).shown[y - 1]?.nick ?? null) : null;
}
