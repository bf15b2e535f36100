// What is kept between two runs of the client, as plain data, and how much of it at most.
// Owns the shapes and the bounds; knows no files (store.ts) and no screen.

import type { NotifyLevel } from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import type { Unsent } from "@maru/sdk/chat";

/** UTF-16 units of one draft; the editor holds no more. What is longer is cut. */
export const draftUnitsMax = 64 * 1024;
/** Rooms with a draft; with one more, the draft that was left alone longest goes. */
export const draftsMax = 200;
/** Lines of the input history. */
export const historyMax = 1000;
/** UTF-8 bytes of a line of the history; a longer one was a paste, and is not remembered. */
export const historyEntryBytesMax = 8192;
/** Refused sends that wait for the person's word; with one more, the oldest goes, and they are told. */
export const failedMax = 1000;
/** UTF-16 units of the reason that stands with a refused send. */
export const reasonUnitsMax = 512;
/** Open rooms, rooms with a level of their own, and ignored nicks: so many of each. */
export const roomsMax = 1000;

export interface Draft {
  readonly text: string;
  /** UTF-16 offset, never beyond the text. */
  readonly caret: number;
  /** What it answers or changes, if anything; a seq means nothing in another log of the room. */
  readonly compose?: StoredCompose | undefined;
}

export interface StoredCompose {
  readonly kind: "reply" | "edit";
  readonly seq: number;
  /** Of the room's log; null where the server had not said. */
  readonly epoch: string | null;
}

/** A send that the server refused: its text is the person's until they send it again or drop it. */
export interface FailedSend {
  readonly unsent: Unsent;
  readonly reason: string;
  readonly atMs: number;
}

/** What was open, and what was set by commands. */
export interface StoredRooms {
  /** As the server writes them, in the order of the list. */
  readonly rooms: readonly string[];
  readonly current: string | null;
  /** By room key, from 1: the keys by which one goes to them. */
  readonly numbers: ReadonlyMap<NameKey, number>;
  /** By room key. */
  readonly levels: ReadonlyMap<NameKey, NotifyLevel>;
  /** Keys of nicks. */
  readonly ignored: readonly NameKey[];
  /** Of those that one person had one after the other, each with the key of the first. */
  readonly ignoredAs: ReadonlyMap<NameKey, NameKey>;
  readonly doNotDisturb: boolean;
}

export const noRooms: StoredRooms = {
  rooms: [],
  current: null,
  numbers: new Map(),
  levels: new Map(),
  ignored: [],
  ignoredAs: new Map(),
  doNotDisturb: false,
};

/** What was there when the client started. Maps, because a room may be called `__proto__`. */
export interface Stored {
  /** By room key. */
  readonly drafts: ReadonlyMap<NameKey, Draft>;
  /** The oldest first. */
  readonly history: readonly string[];
  /** For `client.resend`: in order, with the cids by which each is stored once. */
  readonly outbox: readonly Unsent[];
  readonly failed: readonly FailedSend[];
  readonly rooms: StoredRooms;
}
