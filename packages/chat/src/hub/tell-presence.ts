// When the members of rooms are told of who came and went: what changes soon after they were told is
// gathered, so that people who come, go and rename themselves cost a room an event now and then.

import type { ChatSettings } from "../settings.ts";
import type { Effect, Effects } from "./effects.ts";
import { takePresence } from "./presence.ts";
import type { Room } from "./room-and-session.ts";

/** Rooms that have changed and were told too lately. */
export interface PresenceWaiting {
  readonly rooms: Set<Room>;
  /** When the first of them may be told, milliseconds; looked at again only then. */
  fromMs: number;
}

/** What of the hub's state is needed to tell of who came and went. */
export interface PresenceState {
  readonly config: Pick<ChatSettings, "presenceMs" | "presenceCountMs" | "presenceNames"> & {
    readonly frameBytes: number;
  };
  /** Rooms whose presence has changed in this tick, and those that wait to be told of a change. */
  readonly presenceDue: Set<Room>;
  readonly presenceWaiting: PresenceWaiting;
}

export function createPresenceWaiting(): PresenceWaiting {
  return { rooms: new Set(), fromMs: Number.POSITIVE_INFINITY };
}

/** The events of the rooms that may be told now; the others wait. */
export function tellPresence(state: PresenceState, now: number): Effects {
  const { presenceDue, presenceWaiting: waiting } = state;
  if (waitMs(state, now) === 0) {
    for (const room of waiting.rooms) presenceDue.add(room);
    waiting.rooms.clear();
    waiting.fromMs = Number.POSITIVE_INFINITY;
  }
  if (presenceDue.size === 0) return [];
  const effects: Effect[] = [];
  for (const room of presenceDue) {
    const fromMs = toldAgainFrom(state, room, now);
    if (fromMs > now) {
      waiting.rooms.add(room);
      waiting.fromMs = Math.min(waiting.fromMs, fromMs);
    } else effects.push(...tell(state, room, now));
  }
  presenceDue.clear();
  return effects;
}

/** Milliseconds until a room may be told that waits; null if none does. */
export function presenceWaitMs(state: PresenceState, now: number): number | null {
  return state.presenceWaiting.rooms.size === 0 ? null : waitMs(state, now);
}

/** A room that is gone is told nothing. */
export function forgetPresence(state: PresenceState, room: Room): void {
  state.presenceDue.delete(room);
  state.presenceWaiting.rooms.delete(room);
}

/** A clock that was set back must not silence a room until it has caught up. */
function waitMs({ config, presenceWaiting }: PresenceState, now: number): number {
  const left = presenceWaiting.fromMs - now;
  return left > Math.max(config.presenceMs, config.presenceCountMs) ? 0 : Math.max(0, left);
}

function toldAgainFrom({ config }: PresenceState, room: Room, now: number): number {
  if (now < room.presenceAtMs) return now;
  const isLarge = room.members.size > config.presenceNames;
  return room.presenceAtMs + (isLarge ? config.presenceCountMs : config.presenceMs);
}

function tell({ config }: PresenceState, room: Room, now: number): Effects {
  room.presenceAtMs = now;
  const message = takePresence(room, config);
  return message === null ? [] : [{ kind: "publish", room: room.key, message }];
}
