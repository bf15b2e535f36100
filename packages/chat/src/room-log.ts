// The log port: what the hub asks of whatever keeps a room's entries in order.
// Requests go in during a tick, `commit` ends the batch, results come back inside commit() for a log
// on this thread, later for one that has to ask. The hub treats a result as one more input, so
// nothing else differs between the two.
//
// Order: the appends of a room are answered in the order in which they were submitted. Whatever only
// reads may be answered later than what was asked after it; it shows at least all that was
// acknowledged before it was asked, and perhaps more.

import type { Durability, Entry, NameKey } from "@maru/protocol/chat";
import type { SearchTerm } from "./search/query.ts";
import type { SearchPlace } from "./search/search-place.ts";

/** An entry before it has its place: the log gives seq, the hub has given the time. */
export type Draft = Entry extends infer E ? (E extends Entry ? Omit<E, "seq"> : never) : never;

export interface AppendRequest<T = unknown> {
  readonly kind: "append";
  readonly room: NameKey;
  /** Whose entry it is: (account, cid) is stored once, for as long as the entry is. */
  readonly account: string;
  readonly cid: string | undefined;
  /** One about another entry is judged by entry/judge-amendment.ts, where the log can see both. */
  readonly draft: Draft;
  /** Given back with the result. */
  readonly tag: T;
}

/**
 * Asks for the entry that is stored under an account's cid, and stores nothing: for a command that would
 * be refused, and may have been acknowledged long ago. Has its place among the appends.
 */
export interface RecallRequest<T = unknown> {
  readonly kind: "recall";
  /** Where the entry was to go: its appends are answered before. The one found may be of another room. */
  readonly room: NameKey;
  readonly account: string;
  readonly cid: string;
  readonly tag: T;
}

/** Loads what is known of a room, which may be nothing. */
export interface OpenRequest<T = unknown> {
  readonly kind: "open";
  readonly room: NameKey;
  readonly tag: T;
}

export type ReadRange =
  /** The oldest entries newer than this seq. */
  | { readonly after: number }
  /** The newest entries older than this one. */
  | { readonly before: number }
  /** About as many on each side of this one. */
  | { readonly around: number };

export interface ReadRequest<T = unknown> {
  readonly kind: "read";
  readonly room: NameKey;
  readonly range: ReadRange;
  /** At most so many entries, and bytes of them by `entryBytesMax` (always at least one entry). */
  readonly entriesMax: number;
  readonly bytesMax: number;
  /** Whose turn it is when many wait: all of one asker wait for each other. */
  readonly asker: number;
  readonly tag: T;
}

/** Looks for messages that hold every term. */
export interface SearchRequest<T = unknown> {
  readonly kind: "search";
  /** Only in these rooms. */
  readonly rooms: readonly NameKey[];
  /** And in this account's direct rooms, unless null. */
  readonly conversationsOf: string | null;
  readonly terms: readonly SearchTerm[];
  /** Only what this account said. */
  readonly from: string | null;
  /** Milliseconds, inclusive. */
  readonly since: number | null;
  readonly until: number | null;
  /** Only entries older than this seq; rooms have seqs of their own, so this is for one room. */
  readonly before: number | null;
  /** Where the page before ended; null: the first page. */
  readonly place: SearchPlace | null;
  readonly entriesMax: number;
  readonly bytesMax: number;
  readonly asker: number;
  readonly tag: T;
}

/** Sets how far an account has read a room. */
export interface MarkRequest<T = unknown> {
  readonly kind: "mark";
  /** One that has no entry keeps no marker: it is answered, and that is all. */
  readonly room: NameKey;
  readonly account: string;
  readonly seq: number;
  /** Whether a marker may be made; else one that is there is set, and otherwise it is `unmarked`. */
  readonly mayAdd: boolean;
  readonly tag: T;
}

/** Asks what is unread in an account's direct rooms and in those that it has marked. */
export interface InboxRequest<T = unknown> {
  readonly kind: "inbox";
  readonly account: string;
  /** Rooms whose key comes behind this one. */
  readonly after: string;
  /** At most so many rooms; fewer where counting them took long, but at least one. */
  readonly roomsMax: number;
  readonly asker: number;
  readonly tag: T;
}

export type LogRequest<T = unknown> =
  | AppendRequest<T>
  | RecallRequest<T>
  | OpenRequest<T>
  | ReadRequest<T>
  | SearchRequest<T>
  | MarkRequest<T>
  | InboxRequest<T>;

/** One room of an inbox. */
export interface Unread {
  /** The room's key, and its name as it is written. */
  readonly key: NameKey;
  readonly name: string;
  readonly epoch: string;
  readonly head: number;
  /** The account's marker; 0 if it never set one. */
  readonly read: number;
  /** Messages of others behind the marker, and those of them that name the account; `unreadMax` at most. */
  readonly unread: number;
  readonly mentions: number;
}

export type RefusalCode =
  | "storage_unavailable"
  /** The log has as many rooms as it can have. */
  | "server_full"
  | "busy"
  | "no_such_entry"
  | "forbidden"
  | "too_many_reactions"
  | "too_many_edits";

export type LogResult<T = unknown> =
  | {
      readonly kind: "appended";
      readonly tag: T;
      readonly entry: Entry;
      /** This (account, cid), or this very reaction, was stored before; `entry` is that one. */
      readonly duplicate: boolean;
    }
  | {
      readonly kind: "recalled";
      readonly tag: T;
      /** Null: nothing is stored under this (account, cid). */
      readonly entry: Entry | null;
    }
  | {
      readonly kind: "opened";
      /** Of a conversation: those of its two people who have an entry in it; of other rooms none. */
      readonly spoken: readonly NameKey[];
      readonly tag: T;
      /** Changes when the room's seqs start anew. */
      readonly epoch: string;
      /** The newest seq; 0 in a room without entries. */
      readonly head: number;
      readonly topic: string;
    }
  | {
      readonly kind: "page";
      readonly tag: T;
      /** Oldest first; messages stand as all entries up to `head` have left them. */
      readonly entries: readonly Entry[];
      readonly head: number;
      /** There are more in the direction of the range; around an entry: older ones. */
      readonly more: boolean;
      /** The room once had entries behind `after` that the log no longer has. */
      readonly gap: boolean;
    }
  | {
      readonly kind: "found";
      readonly tag: T;
      /**
       * Oldest first: of one room the next that match by their seqs, of many by their times. There may
       * be none, and more all the same.
       */
      readonly entries: readonly Entry[];
      /** Where the next page goes on; null: there is no more. */
      readonly next: SearchPlace | null;
      /** The index is behind: the newest messages may be missing. */
      readonly indexing: boolean;
    }
  | {
      readonly kind: "marked";
      readonly tag: T;
      readonly seq: number;
      /** A marker was made for it, which is one more to keep. */
      readonly added: boolean;
    }
  /** There was no marker, and none was to be made. */
  | { readonly kind: "unmarked"; readonly tag: T }
  | {
      readonly kind: "inbox";
      readonly tag: T;
      /** By room key. */
      readonly rooms: readonly Unread[];
      readonly more: boolean;
    }
  | {
      readonly kind: "refused";
      readonly tag: T;
      readonly code: RefusalCode;
      /** Where waiting helps. */
      readonly retryAfterMs?: number;
    };

export interface RoomLog<T = unknown> {
  /** What an `appended` or `marked` result promises. */
  readonly durability: Durability;
  submit(request: LogRequest<T>): void;
  /** Ends a batch: all appends since the last commit become durable together. */
  commit(): void;
  close(): void | Promise<void>;
}

/** Makes a log that gives its results to `deliver`. */
export type CreateRoomLog<T = unknown> = (deliver: (result: LogResult<T>) => void) => RoomLog<T>;
