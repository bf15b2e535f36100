// Entering and leaving rooms: the one place that changes who is a member, and keeps the indexes
// (a session's rooms, a room's members, direct rooms by participant, presence due) in step.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import type { ChatSession } from "./chat-session.ts";
import type { Effect, Effects } from "./effects.ts";
import type { HubState } from "./hub-state.ts";
import { noteJoined, noteLeft, type Room } from "./room.ts";

export function isMember(room: Room, session: ChatSession): boolean {
  return room.members.get(session.nickKey) === session;
}

/** Makes the session a member. It gets the room's events once an `enter` effect is carried out. */
export function addMember(state: HubState, room: Room, session: ChatSession): void {
  if (isMember(room, session)) return;
  room.members.set(session.nickKey, session);
  session.rooms.add(room);
  session.roomsBySpelling.set(room.name, room);
  if (room.isDirect) return;
  noteJoined(room, session.nick);
  state.presenceDue.add(room);
}

/** Ends a membership; a room that is left empty is forgotten here, not in the log. */
export function removeMember(state: HubState, room: Room, session: ChatSession): Effects {
  if (!isMember(room, session)) return [];
  room.members.delete(session.nickKey);
  session.rooms.delete(room);
  for (const [spelling, spelled] of session.roomsBySpelling) {
    if (spelled === room) session.roomsBySpelling.delete(spelling);
  }
  const exit: Effect = { kind: "exit", room: room.key, session: session.id };
  if (room.members.size === 0) return [exit, ...forgetRoom(state, room)];
  if (!room.isDirect) {
    noteLeft(room, session.nick);
    state.presenceDue.add(room);
  }
  return [exit];
}

/** Takes a room that was loaded into the indexes. */
export function addRoom(state: HubState, room: Room): void {
  state.rooms.set(room.key, room);
  for (const participant of participantsOf(room)) {
    const rooms = state.directRooms.get(participant) ?? new Set();
    state.directRooms.set(participant, rooms.add(room));
  }
}

function forgetRoom(state: HubState, room: Room): Effects {
  state.rooms.delete(room.key);
  state.presenceDue.delete(room);
  for (const participant of participantsOf(room)) {
    const rooms = state.directRooms.get(participant);
    rooms?.delete(room);
    if (rooms?.size === 0) state.directRooms.delete(participant);
  }
  return [{ kind: "dissolve", room: room.key }];
}

/** Brings the people of a direct room into it who are here: nobody joins a conversation by hand. */
export function gatherParticipants(state: HubState, room: Room): Effects {
  const effects: Effect[] = [];
  for (const participant of participantsOf(room)) {
    const session = state.nicks.get(participant);
    if (session === undefined || isMember(room, session)) continue;
    addMember(state, room, session);
    effects.push({ kind: "enter", room: room.key, session: session.id });
  }
  return effects;
}

/** Brings somebody who has just got this nick into the conversations that are going on. */
export function gatherDirectRooms(state: HubState, session: ChatSession): Effects {
  const rooms = state.directRooms.get(session.nickKey) ?? [];
  return [...rooms].flatMap((room) => gatherParticipants(state, room));
}

export function mayEnter(roomKey: NameKey, session: ChatSession): boolean {
  return directParticipants(roomKey)?.includes(session.nickKey) ?? true;
}

function participantsOf(room: Room): ReadonlySet<NameKey> {
  return new Set(directParticipants(room.key) ?? []);
}
