// Beginning a room: the first entry makes a row in the log for ever, of which there can be only so
// many. So each session and each address may begin a number of them at once, and few in the long run.

import { type Effects, fail } from "./effects.ts";
import type { ChatSession, Room } from "./room-and-session.ts";

/** Of a room without entries: null if the session may say something there, which is counted; else the refusal. */
export function beginRoom(
  room: Room,
  session: ChatSession,
  re: number,
  now: number,
): Effects | null {
  if (room.beginner !== null) return null;
  const { newRooms, network } = session;
  const retryAfterMs = Math.max(newRooms.waitMs(now), network.newRooms.waitMs(now));
  if (retryAfterMs > 0) {
    const message = "You, or others at your address, begin rooms and conversations too fast.";
    return fail(session.id, re, "rate_limited", { message, retryAfterMs });
  }
  newRooms.take();
  network.newRooms.take();
  room.beginner = session;
  return null;
}

/** The log has taken nothing, or something. */
export function roomBegun(room: Room, isBegun: boolean): void {
  if (!isBegun) {
    room.beginner?.newRooms.giveBack();
    room.beginner?.network.newRooms.giveBack();
  }
  room.beginner = null;
}
