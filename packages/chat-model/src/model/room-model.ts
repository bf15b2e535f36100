// What the chat client knows of one room. Plain immutable data.

import type { NameKey } from "@maru/protocol/chat";
import type { Moved, Pair } from "./pair.ts";
import { emptyTimeline, type Timeline } from "./timeline.ts";

export interface RoomModel {
  /** Of its name: the one under which the model holds it. */
  readonly key: NameKey;
  /** As the server writes it, once it has said so. */
  readonly name: string;
  readonly topic: string;
  /** Null until the server has said. */
  readonly memberCount: number | null;
  /** Which log of the room was read last; null until the server has said. */
  readonly epoch: string | null;
  /** Whether the last join found the log of the one before; null when that can't be told. */
  readonly isSameLog: boolean | null;
  /** The newest seq that is known, and the newest that was shown. */
  readonly head: number;
  readonly shown: number;
  /** The newest seq that the server has told for something said here: shown a little later. */
  readonly said: number;
  /** How far it was read: shown while it was the room that is talked in; and what the server knows. */
  readonly read: number;
  /** Below 0: the server knows nothing, and is to be told. */
  readonly marked: number;
  /** Whether the server knew how far it was read when one came; null until it has said. */
  readonly isMarked: boolean | null;
  /** Up to this seq what is unread has been counted: by the server, or where the marker was set. */
  readonly counted: number;
  /** It could not be entered for now: that is tried again on the next connection. */
  readonly isBarred: boolean;
  /** What is held of the conversation. */
  readonly timeline: Timeline;
  /** Nicks, in no order; null where the server tells no names: the room is too large. */
  readonly members: readonly string[] | null;
  /** Who is writing something, each until a time in milliseconds since 1970. */
  readonly typing: readonly Typing[];
  /** Messages of others since it was read, and those of them that name one. */
  readonly unread: number;
  readonly mentions: number;
  /** Whether something happened since that is no message. */
  readonly hasNews: boolean;
  /** Of a conversation: whose it is. Null: it is none, or one with oneself. */
  readonly pair: Pair | null;
  /** A conversation of which a nick was given up: where it goes on. Follows from `pair`. */
  readonly moved: Moved | null;
  /** Whether the person was told that what is written here waits for the other. */
  readonly isAbsenceTold: boolean;
  /** When the server was last asked who of a conversation's two is here; null: never. */
  readonly lookedMs: number | null;
  /** What stands behind this seq had not been read when one came to look; null: nothing is new. */
  readonly divider: number | null;
}

export interface Typing {
  readonly nick: string;
  readonly untilMs: number;
}

/** What is known of a log of which nothing was seen. */
export const unseen = {
  head: 0,
  shown: 0,
  said: 0,
  read: 0,
  marked: 0,
  isMarked: null,
  counted: 0,
  timeline: emptyTimeline,
  unread: 0,
  mentions: 0,
  hasNews: false,
  divider: null,
} as const;
/** A room of which only the name is known. */
export const emptyRoom = {
  topic: "",
  memberCount: null,
  epoch: null,
  isSameLog: null,
  isBarred: false,
  members: [],
  typing: [],
  pair: null,
  moved: null,
  isAbsenceTold: false,
  lookedMs: null,
  ...unseen,
} as const;

/** Whether a join found another log than the one that is known: its seqs mean other messages. */
export function isOtherLog(
  room: Pick<RoomModel, "epoch" | "shown"> | undefined,
  { epoch, head }: { readonly epoch: string; readonly head: number },
): boolean {
  if (room === undefined) return false;
  // A head before what was shown: the server has lost what came after it, and gives its seqs anew.
  return (room.epoch !== null && room.epoch !== epoch) || head < room.shown;
}
