// Who may open one more of the rooms that memory holds. Their number is shared as switches share
// their buffers: no session takes more than a part of what is free, so that each newcomer finds some.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import { type Effects, fail } from "./effects.ts";
import type { HubState } from "./hub-state.ts";
import type { ChatSession } from "./room-and-session.ts";

/** A session's rooms may come to this part of those that are free: with n greedy ones 1/(8+n) each. */
export const sessionShare = 1 / 8;
/** An address may have opened so many times what is free, which leaves a ninth to all others. */
export const networkShare = 8;

/** Rooms are counted; of conversations the quietest is left instead. */
export function hasRoomFor(state: HubState, session: ChatSession, key: NameKey): boolean {
  if (directParticipants(key) !== null) return true;
  return session.rooms.size - session.conversations.size < state.config.roomsPerSession;
}

/** Null if it may; else the refusal. */
export function mayOpen(
  state: HubState,
  session: ChatSession,
  key: NameKey,
  re: number,
): Effects | null {
  if (!hasRoomFor(state, session, key)) return fail(session.id, re, "too_many_rooms");
  const free = state.config.roomsMax - state.rooms.size - state.opening.size;
  if (free <= 0) return fail(session.id, re, "server_full");
  const share = shareOf(session);
  const isOver = share > free * sessionShare;
  // A session without a room is let in, whatever others at the same address have taken.
  const isNetworkOver = share > 0 && session.network.rooms > free * networkShare;
  if (!isOver && !isNetworkOver) return null;
  const whose = isOver ? "You are" : "You and others at your address are";
  const message = `${whose} in as many rooms as may be, of those that the server has left; leave one first.`;
  return fail(session.id, re, "too_many_rooms", { message });
}

/** A room counts for its members together: each has a part of it. */
function shareOf({ rooms, opening }: ChatSession): number {
  let share = opening;
  for (const { members } of rooms) share += 1 / Math.max(1, members.size);
  return share;
}
