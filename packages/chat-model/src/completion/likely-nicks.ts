// Who may be meant in a room, the likeliest first: those who are here and spoke most recently, the others
// who are here, and last those of whom it is not known that they still are. Pure.
// People count under the nick that they have now: what was said before a change of it is theirs.

import type { NameKey } from "@maru/protocol/chat";
import { foldName } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { isIgnored } from "../model/ignoring.ts";
import type { Model } from "../model/model.ts";
import type { RoomModel } from "../model/room-model.ts";
import { type Item, itemsOf } from "../model/timeline.ts";
import type { NickLookup } from "./nick-lookup.ts";

/** Items of a timeline that are looked at for who spoke last. */
const itemsLookedAt = 500;

/** `lookups`: what the server has told of who is in this room, where it tells that only when asked. */
export function likelyNicks(
  chat: Model,
  room: RoomModel,
  lookups: readonly NickLookup[],
): readonly string[] {
  const speakers = speakersOf(itemsOf(room.timeline).slice(-itemsLookedAt));
  const told = room.members ?? lookups.flatMap(({ nicks }) => nicks);
  const present = new Map(told.map((nick) => [roomKey(nick), nick]));
  const isHere = (key: NameKey, nick: string) =>
    present.has(key) || (room.members === null && !isMissing(nick, lookups));
  const here = [...speakers].filter(([key, nick]) => isHere(key, nick));
  // Each as it is written now.
  const nicks = new Map(here.map(([key, nick]) => [key, present.get(key) ?? nick] as const));
  for (const [key, nick] of [...present, ...speakers]) if (!nicks.has(key)) nicks.set(key, nick);
  nicks.delete(chat.meKey);
  return [...nicks.values()].filter((nick) => !isIgnored(chat, nick));
}

/** Whether the server has named all whose nicks begin so, and this one was not among them. */
export function isMissing(nick: string, lookups: readonly NickLookup[]): boolean {
  const key = foldName(nick);
  const about = lookups.filter(({ prefix, isWhole }) => isWhole && key.startsWith(prefix));
  return (
    about.length > 0 && about.every(({ nicks }) => nicks.every((each) => foldName(each) !== key))
  );
}

/** By key, who spoke last first. */
function speakersOf(items: readonly Item[]): ReadonlyMap<NameKey, string> {
  const speakers = new Map<NameKey, string>();
  /** By the key of a nick that was given up later: the one that followed it. */
  const followed = new Map<NameKey, string>();
  const now = (nick: string): string => followed.get(roomKey(nick)) ?? nick;
  for (const item of items.toReversed()) {
    if (item.kind === "presence") {
      const renamed = item.renamed.toReversed().map(({ from, to }) => ({ from, to: now(to) }));
      for (const { from, to } of renamed) followed.set(roomKey(from), to);
    }
    if (item.kind !== "message") continue;
    const nick = now(item.message.from);
    if (!speakers.has(roomKey(nick))) speakers.set(roomKey(nick), nick);
  }
  return speakers;
}
