// What is new in a room, as a list of rooms counts it. Pure.

import type { Model } from "./model.ts";
import { type Levels, levelOf } from "./notify-level.ts";
import type { Pending } from "./pending.ts";
import type { RoomModel } from "./room-model.ts";

export interface RoomActivity {
  readonly unread: number;
  readonly mentions: number;
  readonly hasNews: boolean;
  /** The person wants to hear nothing of it. */
  readonly isMuted: boolean;
  readonly isFailed: boolean;
  readonly isPending: boolean;
}

interface Active extends Levels {
  readonly chat: Model;
  readonly pending: readonly Pending[];
}

/** The first with a mention; else the first with a message, or any news, that is not muted. */
export function mostUrgent<Room extends RoomActivity>(rooms: readonly Room[]): Room | undefined {
  return (
    rooms.find(({ mentions }) => mentions > 0) ??
    rooms.find(({ unread, isMuted }) => unread > 0 && !isMuted) ??
    rooms.find(({ hasNews, isMuted }) => hasNews && !isMuted)
  );
}

export function roomActivity(model: Active, room: RoomModel): RoomActivity {
  const { key } = room;
  const { chat, pending } = model;
  // What the server counted before this room was seen; what is looked at is not unread.
  const counted = key === chat.current ? 0 : (chat.unread.get(key) ?? 0);
  const said = pending.filter((each) => each.key === key);
  return {
    unread: Math.max(room.unread, counted),
    mentions: room.mentions,
    hasNews: room.hasNews,
    isMuted: levelOf(model, key) === "none",
    isFailed: said.some(({ problem }) => problem !== null),
    isPending: said.some(({ problem }) => problem === null),
  };
}
