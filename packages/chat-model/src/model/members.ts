// Who is in a room, in the order in which they are listed. Pure, but for remembering what was sorted.

import type { NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";

export interface Member {
  readonly nick: string;
  readonly key: NameKey;
}

/** The sorted members of a list that was seen before: a room of 1,000 is sorted once. */
const sortedLists = new WeakMap<readonly string[], readonly Member[]>();

/** `nicks`: one and the same list as long as it holds the same nicks. */
export function sortedMembers(nicks: readonly string[]): readonly Member[] {
  const known = sortedLists.get(nicks);
  if (known !== undefined) return known;
  const keyed = nicks.map((nick) => ({ nick, key: roomKey(nick) }));
  // By code units: the same order on every machine.
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  sortedLists.set(nicks, keyed);
  return keyed;
}
