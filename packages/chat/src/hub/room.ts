// One room: who is in it, where its log stands, and what has changed since its members were told.

import type { NameKey, PresenceEvent, RoomName } from "@maru/protocol/chat";
import type { ChatSession } from "./chat-session.ts";
import { SortedTable } from "./sorted-table.ts";

/** A change of who is here that the members have not been told yet. */
export interface PresenceChange {
  readonly joined: Set<string>;
  readonly left: Set<string>;
  readonly renamed: { from: string; to: string }[];
}

export interface Room {
  readonly key: NameKey;
  readonly name: RoomName;
  readonly isDirect: boolean;
  readonly epoch: string;
  /** The newest committed seq. */
  head: number;
  topic: string;
  /** By nick key. */
  readonly members: SortedTable<NameKey, ChatSession>;
  /** Null when the members know everything. */
  presence: PresenceChange | null;
  /** When the members were last told of a change, milliseconds. */
  presenceAtMs: number;
}

export function createRoom(options: {
  key: NameKey;
  name: RoomName;
  epoch: string;
  head: number;
  topic: string;
}): Room {
  return {
    ...options,
    isDirect: options.key.startsWith("@"),
    members: new SortedTable(),
    presence: null,
    presenceAtMs: 0,
  };
}

export function noteJoined(room: Room, nick: string): void {
  const change = changeOf(room);
  if (!change.left.delete(nick)) change.joined.add(nick);
}

export function noteLeft(room: Room, nick: string): void {
  const change = changeOf(room);
  if (!change.joined.delete(nick)) change.left.add(nick);
}

export function noteRenamed(room: Room, from: string, to: string): void {
  changeOf(room).renamed.push({ from, to });
}

function changeOf(room: Room): PresenceChange {
  room.presence ??= { joined: new Set(), left: new Set(), renamed: [] };
  return room.presence;
}

/** Takes the change as an event; in rooms of more than `namesMax` members it tells the count alone. */
export function takePresence(room: Room, namesMax: number): PresenceEvent | null {
  const change = room.presence;
  room.presence = null;
  if (change === null) return null;
  const event: PresenceEvent = {
    type: "presence",
    room: room.name,
    memberCount: room.members.size,
  };
  if (room.members.size > namesMax) return event;
  if (change.joined.size + change.left.size + change.renamed.length === 0) return null;
  if (change.joined.size > 0) event.joined = [...change.joined];
  if (change.left.size > 0) event.left = [...change.left];
  if (change.renamed.length > 0) event.renamed = change.renamed;
  return event;
}
