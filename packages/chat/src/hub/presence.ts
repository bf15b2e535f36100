// What the members of a room are told of who came and went: what has changed since they were last
// told, and nothing of what happened in between. Large changes and large rooms are told in numbers.

import type { PresenceEvent } from "@maru/protocol/chat";
import { frameHolds, jsonBytesMax } from "./frame-share.ts";
import type { Room } from "./room-and-session.ts";

export interface PresenceBounds {
  /** Names in one event, and members of a room that is told names at all. */
  readonly presenceNames: number;
  readonly frameBytes: number;
}

/** Takes the change as an event; null when it comes to nothing. */
export function takePresence(room: Room, bounds: PresenceBounds): PresenceEvent | null {
  const known = room.presence ?? new Map<never, never>();
  room.presence = null;
  const count = { type: "presence" as const, room: room.name, memberCount: room.members.size };
  if (room.members.size > bounds.presenceNames) return known.size > 0 ? count : null;
  const { joined, left, renamed } = compare(room, known);
  const names = [...joined, ...left, ...renamed.flatMap(({ from, to }) => [from, to])];
  if (names.length === 0) return null;
  const bytes = names.reduce((sum, name) => sum + nameBytes(name), 0);
  if (names.length > bounds.presenceNames || !frameHolds(bounds.frameBytes, bytes)) return count;
  return {
    ...count,
    ...(joined.size > 0 && { joined: [...joined] }),
    ...(left.size > 0 && { left: [...left] }),
    ...(renamed.length > 0 && { renamed }),
  };
}

/** `renamed` is to be read as one change: two people may have exchanged their nicks. */
function compare(room: Room, known: NonNullable<Room["presence"]>) {
  const joined = new Set<string>();
  const left = new Set<string>();
  const renamed: { from: string; to: string }[] = [];
  for (const [session, from] of known) {
    const to = room.members.get(session.nickKey) === session ? session.nick : null;
    if (from === null && to !== null) joined.add(to);
    else if (from !== null && to === null) left.add(from);
    else if (from !== null && to !== null && from !== to) renamed.push({ from, to });
  }
  // A person who came back on another connection has neither come nor gone.
  for (const nick of joined) if (left.delete(nick)) joined.delete(nick);
  return { joined, left, renamed };
}

/** A name with its share of `{"from":"…","to":"…"}`. */
function nameBytes(name: string): number {
  return jsonBytesMax(name) + 8;
}
