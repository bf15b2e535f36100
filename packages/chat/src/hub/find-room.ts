// From the spelling in a command to a room: known to the session, in memory, in the log, or refused.

import { type NameKey, parseRoom, type RoomName } from "@maru/protocol/chat";
import { type Effects, fail } from "./effects.ts";
import type { HubState } from "./hub-state.ts";
import { mayEnter, rememberSpelling } from "./membership.ts";
import { type ChatSession, isMember, type Room, type SessionCommand } from "./room-and-session.ts";
import { mayOpen } from "./room-shares.ts";

export type Found =
  | { readonly ok: true; readonly room: Room }
  /** The command is answered, or waits for the room to be loaded; these effects are all of it. */
  | { readonly ok: false; readonly effects: Effects };

type NamedCommand = SessionCommand & { readonly room: string };

/** A room that the session is a member of. The usual case costs one look-up. */
export function findJoined(state: HubState, session: ChatSession, command: NamedCommand): Found {
  const spelled = session.roomsBySpelling.get(command.room);
  if (spelled !== undefined) return { ok: true, room: spelled };
  const parsed = parseName(session, command);
  if (!parsed.ok) return parsed;
  const room = state.rooms.get(parsed.key);
  // Behind a join of its own that waits for the room: in the order in which the session asked.
  if (room === undefined && waitForRoom(state, parsed.key, session, command)) return waiting;
  if (room === undefined || !isMember(room, session)) {
    return { ok: false, effects: fail(session.id, command.id, "not_joined", { field: "room" }) };
  }
  rememberSpelling(session, command.room, room);
  return { ok: true, room };
}

/** A room to speak or read in: one that it has joined, or a conversation of its own, unjoined. */
export function findOwn(state: HubState, session: ChatSession, command: NamedCommand): Found {
  const spelled = session.roomsBySpelling.get(command.room);
  if (spelled !== undefined) return { ok: true, room: spelled };
  const find = command.room.startsWith("@") ? findOrOpen : findJoined;
  return find(state, session, command);
}

/** A room that the session may enter; one that isn't in memory is loaded, and the command waits. */
export function findOrOpen(state: HubState, session: ChatSession, command: NamedCommand): Found {
  const parsed = parseName(session, command);
  if (!parsed.ok) return parsed;
  const room = state.rooms.get(parsed.key);
  if (room !== undefined) return { ok: true, room };
  if (waitForRoom(state, parsed.key, session, command)) return waiting;
  const refused = mayOpen(state, session, parsed.key, command.id);
  if (refused !== null) return { ok: false, effects: refused };
  const { network } = session;
  const waiter = { session: session.id, command };
  state.opening.set(parsed.key, { name: parsed.name, waiting: [waiter], openedBy: network });
  session.opening += 1;
  session.waiting += 1;
  network.rooms += 1;
  const tag = { kind: "open", room: parsed.key } as const;
  const request = { kind: "open", room: parsed.key, tag } as const;
  return { ok: false, effects: [{ kind: "log", request }] };
}

const waiting: Found = { ok: false, effects: [] };

/** Puts a command off until a room that is being loaded is there; false if it isn't being loaded. */
function waitForRoom(
  state: HubState,
  key: NameKey,
  session: ChatSession,
  command: NamedCommand,
): boolean {
  const opening = state.opening.get(key);
  if (opening === undefined) return false;
  opening.waiting.push({ session: session.id, command });
  session.waiting += 1;
  return true;
}

type ParsedName =
  | { readonly ok: true; readonly key: NameKey; readonly name: RoomName }
  | { readonly ok: false; readonly effects: Effects };

/** The name that a command gives, if it is one and the session may see that room. */
export function parseName(session: ChatSession, command: NamedCommand): ParsedName {
  const parsed = parseRoom(command.room);
  if (!parsed.ok) {
    const details = { field: "room", message: `the room's name: ${parsed.problem}` };
    return { ok: false, effects: fail(session.id, command.id, "invalid_message", details) };
  }
  if (!mayEnter(parsed.key, session.nickKey)) {
    return { ok: false, effects: fail(session.id, command.id, "forbidden", { field: "room" }) };
  }
  return parsed;
}
