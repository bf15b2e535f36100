// What is new in a room, as the panes count it. Reads the model only.

import type { RoomModel } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk";
import type { ScreenModel } from "../screen/model/screen-model.ts";

export interface RoomActivity {
  readonly unread: number;
  readonly mentions: number;
  readonly hasNews: boolean;
  /** The person wants to hear nothing of it. */
  readonly isMuted: boolean;
  readonly isFailed: boolean;
  readonly isPending: boolean;
}

export function roomActivity(model: ScreenModel, room: RoomModel): RoomActivity {
  const { key } = room;
  const { chat, levels, settings, pending } = model;
  // What the server counted before this room was seen; what is looked at is not unread.
  const counted = key === chat.current ? 0 : (chat.unread.get(key) ?? 0);
  const said = pending.filter((each) => roomKey(each.room) === key);
  return {
    unread: Math.max(room.unread, counted),
    mentions: room.mentions,
    hasNews: room.hasNews,
    isMuted: (levels.get(key) ?? settings.notifyLevel) === "none",
    isFailed: said.some(({ problem }) => problem !== null),
    isPending: said.some(({ problem }) => problem === null),
  };
}

const countMax = 999;

/** A count in at most four cells. */
export function countText(count: number): string {
  return count > countMax ? `${countMax}+` : String(count);
}
