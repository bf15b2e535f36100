// Who is in a room too large for the server to tell their names: what was asked, by how nicks begin, and
// is remembered for a while. Pure.

import { foldName, type NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import type { Model } from "../model/model.ts";
import type { RoomModel } from "../model/room-model.ts";

/** How long it counts who was found in a large room, in milliseconds: people come and go. */
export const lookupMs = 60_000;
/** Answers that are remembered. */
export const lookupsMax = 8;

/** Nicks of a large room that begin alike, as the server has told them. */
export interface NickLookup {
  /** Its key. */
  readonly room: NameKey;
  /** Folded as the server folds names. */
  readonly prefix: string;
  readonly nicks: readonly string[];
  /** Whether these are all. */
  readonly isWhole: boolean;
  readonly atMs: number;
}

/** Who is in the room whose nicks begin so; `prefix` is folded as the server folds names. */
export interface LookUpWish {
  readonly type: "look-up";
  readonly room: string;
  readonly prefix: string;
}

export interface LookedUp {
  readonly type: "looked-up";
  readonly room: string;
  readonly prefix: string;
  readonly nicks: readonly string[];
  readonly isWhole: boolean;
}

export interface NotLookedUp {
  readonly type: "not-looked-up";
  readonly room: string;
  readonly prefix: string;
  readonly message: string;
}

/** The chat, and who was found in large rooms, the newest last. */
export interface Known {
  readonly chat: Model;
  readonly lookups: readonly NickLookup[];
}

/** What is known still of who is in the room of this key. */
export function lookupsOf({ chat, lookups }: Known, key: NameKey | null): readonly NickLookup[] {
  return lookups.filter(({ room, atMs }) => room === key && chat.nowMs - atMs < lookupMs);
}

/** What the server is to be asked for, folded; null: it is known, told anyway, or can't be asked. */
export function prefixToAsk(model: Known, room: RoomModel, typed: string): string | null {
  if (room.members !== null) return null;
  const isEntered = room.memberCount !== null && model.chat.state.phase === "online";
  const prefix = foldName(typed);
  const isKnown = lookupsOf(model, room.key).some(
    (each) => each.prefix === prefix || (each.isWhole && prefix.startsWith(each.prefix)),
  );
  return isEntered && !isKnown ? prefix : null;
}

/** With the server's answer, the newest last. */
export function withLookup(
  { chat, lookups }: Known,
  { room, prefix, nicks, isWhole }: LookedUp,
): readonly NickLookup[] {
  const key = roomKey(room);
  const lookup: NickLookup = { room: key, prefix, nicks, isWhole, atMs: chat.nowMs };
  const others = lookups.filter((each) => each.room !== key || each.prefix !== prefix);
  return [...others, lookup].slice(-lookupsMax);
}
