// Where plain lines go, in words. Pure.

import { currentRoom, type Model, placeName } from "./model.ts";
import type { RoomModel } from "./room-model.ts";
import { type Line, notice } from "./step.ts";

/** What to say when a room was taken away: where plain lines go now, if that is another place. */
export function talkLines(before: Model, now: Model): readonly Line[] {
  if (before.current === now.current) return [];
  const room = currentRoom(now);
  return [notice(room === null ? "you are in no room: /join ROOM" : talkText(now, room))];
}

export function talkText(model: Model, room: RoomModel): string {
  return `you talk in ${placeName(model, room.name)}`;
}
