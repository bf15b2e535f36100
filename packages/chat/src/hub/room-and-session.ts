// A room and a session, in one file because they know each other: a room its members, a session the
// rooms it is in. Of a room also where its log stands and what has changed since its members were told.

import type { Command, Entry, NameKey, Nick, RoomName, TypingNotices } from "@maru/protocol/chat";
import type { Conversations } from "./conversations.ts";
import type { CostBudget } from "./cost-budget.ts";
import type { SessionId } from "./effects.ts";
import type { Network } from "./networks.ts";
import type { ReadBudget } from "./read-budget.ts";
import type { SharedTable } from "./shared-table.ts";
import { SortedTable } from "./sorted-table.ts";
import type { TokenBucket } from "./token-bucket.ts";

export interface Room {
  readonly key: NameKey;
  readonly name: RoomName;
  readonly isDirect: boolean;
  readonly epoch: string;
  /** From where it was first asked for. */
  readonly openedBy: Network;
  /** The newest committed seq. */
  head: number;
  topic: string;
  /** Of a conversation: who of its people has said something there, ever. */
  readonly spoken: Set<NameKey>;
  /** Of a room without entries: who has read as far, and is to be marked once it has one; where from. */
  markedEmpty: SharedTable<Network, NameKey, Network> | null;
  /** Whose budget its first entry came out of, until the log has it. */
  beginner: ChatSession | null;
  /** Entries proposed to the log that it has not answered yet: the room is kept until it has. */
  appending: number;
  /** Joins that the log is still being read for: they keep the room, too. */
  catchingUp: number;
  /** By nick key. */
  readonly members: SortedTable<NameKey, ChatSession>;
  /**
   * The sessions that came, went or were renamed since the members were told, and the nick by which
   * the members know each: null if they don't. Null when they know everything.
   */
  presence: Map<ChatSession, string | null> | null;
  /** When the members were last told of a change, milliseconds. */
  presenceAtMs: number;
}

/** A session that has said hello. */
export interface ChatSession {
  readonly id: SessionId;
  /** Secret: a session that resumes with it takes the nick back. */
  readonly token: string;
  /**
   * The token that it resumed with. It stays good until the first command shows that the new one
   * has arrived: a welcome can be lost as well.
   */
  formerToken: string | null;
  nick: Nick;
  nickKey: NameKey;
  /** Rooms it is in. */
  readonly rooms: Set<Room>;
  /** The same rooms by the spellings that it has used: a lookup instead of a parse per message. */
  readonly roomsBySpelling: Map<string, Room>;
  /** Those of them that are conversations. */
  readonly conversations: Conversations<Room>;
  /** Rooms being loaded because it has asked for them first. */
  opening: number;
  /** Commands of it that wait until their rooms have been loaded. */
  waiting: number;
  /** Where it comes from. */
  readonly network: Network;
  /** What it has left to begin rooms with. */
  readonly newRooms: TokenBucket;
  readonly readBudget: ReadBudget;
  /** What its commands may cost the others. */
  readonly costBudget: CostBudget;
  /** Where it was last said to be writing. */
  readonly typing: TypingNotices;
  /** Searches and inboxes that the log has not answered yet. */
  questions: number;
}

/** A command of a session, which has said hello. */
export type SessionCommand = Exclude<Command, { type: "hello" }>;

export function createRoom(options: {
  key: NameKey;
  name: RoomName;
  epoch: string;
  head: number;
  topic: string;
  spoken?: readonly NameKey[];
  openedBy: Network;
}): Room {
  return {
    ...options,
    spoken: new Set(options.spoken),
    isDirect: options.key.startsWith("@"),
    markedEmpty: null,
    beginner: null,
    appending: 0,
    catchingUp: 0,
    members: new SortedTable(),
    presence: null,
    presenceAtMs: 0,
  };
}

export function isMember(room: Room, session: ChatSession): boolean {
  return room.members.get(session.nickKey) === session;
}

/** An entry as the room is called now: the log keeps how its first visitor spelled it then. */
export function entryIn(room: Room, entry: Entry): Entry {
  return entry.room === room.name ? entry : { ...entry, room: room.name };
}

/** Notes a change of who is here; `known` is the nick before it, null for a newcomer. */
export function noteChange(room: Room, session: ChatSession, known: string | null): void {
  room.presence ??= new Map();
  if (!room.presence.has(session)) room.presence.set(session, known);
}
