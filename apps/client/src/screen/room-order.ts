// The one order of the rooms: the panes, Alt-1 … Alt-9 and the next and previous room go by it. Pure.
// It never changes by itself: a room that moved would be hit by the wrong key.

import { directParticipants } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk";
import type { Model } from "../model/model.ts";

/** Keys of all rooms: those in the order entered, conversations of two behind them. */
export function roomOrder(chat: Pick<Model, "rooms">): readonly string[] {
  const keys = [...chat.rooms.keys()];
  return [...keys.filter((key) => !isDirect(key)), ...keys.filter(isDirect)];
}

export function isDirect(key: string): boolean {
  return directParticipants(roomKey(key)) !== null;
}
