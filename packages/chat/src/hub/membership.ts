// Entering and leaving rooms: the one place that changes who is a member, and keeps the indexes
// (a session's rooms, a room's members, the directory, presence due) in step.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import type { ChatSettings } from "../settings.ts";
import type { ConversationState } from "./conversation-index.ts";
import type { Effect, Effects } from "./effects.ts";
import type { LeftConversations } from "./left-conversations.ts";
import { type ChatSession, isMember, noteChange, type Room } from "./room-and-session.ts";
import type { SortedTable } from "./sorted-table.ts";
import { forgetPresence, type PresenceState } from "./tell-presence.ts";

/** What of the hub's state changes, or is asked, when a session enters a room or leaves it. */
export interface MembershipState extends PresenceState, ConversationState {
  readonly config: PresenceState["config"] & Pick<ChatSettings, "roomsPerSession">;
  /** Rooms with members, or for which the log owes an answer. */
  readonly rooms: Map<NameKey, Room>;
  /** Public rooms with people in them. */
  readonly directory: SortedTable<NameKey, Room>;
  /** Direct rooms that a member has left since the last tick. */
  readonly lonely: Set<Room>;
  readonly left: LeftConversations;
}

/** Spellings remembered for each room that a session is in; what it writes beyond is parsed each time. */
const spellingsPerRoom = 4;

/**
 * Makes the session a member. It gets the room's events once an `enter` effect is carried out.
 * `isOwn`: by what it did itself, where others can bring it in.
 */
export function addMember(
  state: MembershipState,
  room: Room,
  session: ChatSession,
  isOwn: boolean = true,
): void {
  const former = room.members.get(session.nickKey);
  if (former === session) return;
  // One that has ended and not left yet: its place is taken.
  if (former !== undefined && !room.isDirect) noteChange(room, former, former.nick);
  room.members.set(session.nickKey, session);
  session.rooms.add(room);
  session.roomsBySpelling.set(room.name, room);
  if (room.isDirect) {
    session.conversations.noteActive(room, isOwn);
    return;
  }
  state.directory.set(room.key, room);
  noteChange(room, session, null);
  state.presenceDue.add(room);
}

/** Finds a joined room by this spelling from now on. */
export function rememberSpelling(session: ChatSession, spelling: string, room: Room): void {
  const { rooms, roomsBySpelling } = session;
  if (roomsBySpelling.size < rooms.size * spellingsPerRoom) roomsBySpelling.set(spelling, room);
}

/** Ends a membership; a room that is left empty is forgotten. */
export function removeMember(state: MembershipState, room: Room, session: ChatSession): Effects {
  if (!isMember(room, session)) return [];
  room.members.delete(session.nickKey);
  session.rooms.delete(room);
  session.conversations.delete(room);
  for (const [spelling, spelled] of session.roomsBySpelling) {
    if (spelled === room) session.roomsBySpelling.delete(spelling);
  }
  const exit: Effect = { kind: "exit", room: room.key, session: session.id };
  if (room.isDirect) {
    state.lonely.add(room);
  } else {
    if (room.members.size === 0) state.directory.delete(room.key);
    noteChange(room, session, session.nick);
    state.presenceDue.add(room);
  }
  return [exit, ...forgetIfEmpty(state, room)];
}

/**
 * Ends the conversations that a member has left. The other alone is told nothing there, and the next
 * word said brings both back; so what a stranger began is gone with the stranger.
 */
export function endLonely(state: MembershipState): Effects {
  const effects: Effect[] = [];
  for (const room of state.lonely) {
    // What was said before the other left is still to come.
    if (isAwaited(room)) continue;
    state.lonely.delete(room);
    if (room.members.size > 1) continue;
    for (const member of room.members.values()) effects.push(...removeMember(state, room, member));
    state.lonely.delete(room);
  }
  return effects;
}

/** Takes a room that was loaded into the indexes. */
export function addRoom(state: MembershipState, room: Room): void {
  state.rooms.set(room.key, room);
  if (room.isDirect) state.conversationIndex.add(room);
}

function isAwaited(room: Room): boolean {
  return room.appending > 0 || room.catchingUp > 0;
}

/** Forgets a room that has no members and for which the log owes no answer; the log keeps it. */
export function forgetIfEmpty(state: MembershipState, room: Room): Effects {
  const isNeeded = room.members.size > 0 || isAwaited(room);
  if (isNeeded || state.rooms.get(room.key) !== room) return [];
  state.rooms.delete(room.key);
  room.openedBy.rooms -= 1;
  forgetPresence(state, room);
  if (room.isDirect) state.conversationIndex.remove(room);
  state.lonely.delete(room);
  return [{ kind: "dissolve", room: room.key }];
}

/**
 * Brings the people of a direct room into it who are here, before something is said: a conversation
 * needs no join. A person who has left it since they last wrote there stays away.
 */
export function gatherParticipants(
  state: MembershipState,
  room: Room,
  sender: ChatSession | undefined,
) {
  const effects: Effect[] = [];
  for (const participant of participantsOf(room)) {
    const session = state.nicks.get(participant);
    if (session === undefined || state.left.has(participant, room.key)) continue;
    effects.push(...bringIn(state, room, session, session === sender));
  }
  return effects;
}

function bringIn(
  state: MembershipState,
  room: Room,
  session: ChatSession,
  isOwn: boolean,
): Effects {
  if (isMember(room, session)) {
    session.conversations.noteActive(room, isOwn);
    return leaveQuietest(state, session);
  }
  addMember(state, room, session, isOwn);
  const enter: Effect = { kind: "enter", room: room.key, session: session.id };
  return [enter, ...leaveQuietest(state, session)];
}

/** Keeps a session within the conversations that it may be in at a time. */
export function leaveQuietest(state: MembershipState, session: ChatSession): Effects {
  const rooms = session.conversations.excess(state.config.roomsPerSession);
  return rooms.flatMap((room) => removeMember(state, room, session));
}

export function mayEnter(roomKey: NameKey, nickKey: NameKey): boolean {
  return directParticipants(roomKey)?.includes(nickKey) ?? true;
}

function participantsOf(room: Room): ReadonlySet<NameKey> {
  return new Set(directParticipants(room.key) ?? []);
}
