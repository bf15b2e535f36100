// Sessions whose connections are gone, and the rooms that they are still in: so many memberships end
// a tick, so that ten thousand who vanish at once keep the others waiting no longer than a few do.

import type { Effect, Effects } from "./effects.ts";
import { type MembershipState, removeMember } from "./membership.ts";
import type { ChatSession } from "./room-and-session.ts";

/** Memberships that end in one tick, about 3 µs each; what is beyond ends in the next ones. */
export const departuresPerTick = 2_000;

export interface Departures {
  /** Memberships that may still end in this tick. */
  left: number;
  readonly waiting: Set<ChatSession>;
}

export interface DepartureState extends MembershipState {
  /** Sessions that have ended and are still in rooms. */
  readonly departures: Departures;
}

export function createDepartures(): Departures {
  return { left: departuresPerTick, waiting: new Set() };
}

/** Takes a session that has ended out of its rooms, now or in a later tick. */
export function depart(state: DepartureState, session: ChatSession): Effects {
  session.roomsBySpelling.clear();
  const effects = leaveSome(state, session);
  if (session.rooms.size > 0) state.departures.waiting.add(session);
  return effects;
}

/** The end of a tick: goes on with those who wait, for as many as the tick has left. */
export function endDepartures(state: DepartureState): Effects {
  const { departures } = state;
  const effects: Effect[] = [];
  for (const session of departures.waiting) {
    effects.push(...leaveSome(state, session));
    if (session.rooms.size > 0) break;
    departures.waiting.delete(session);
  }
  departures.left = departuresPerTick;
  return effects;
}

function leaveSome(state: DepartureState, session: ChatSession): Effects {
  const effects: Effect[] = [];
  for (const room of session.rooms) {
    if (state.departures.left <= 0) break;
    state.departures.left -= 1;
    effects.push(...removeMember(state, room, session));
    // Another connection may have taken its place in the room meanwhile.
    session.rooms.delete(room);
  }
  return effects;
}
