// The log port: what the hub asks of whatever keeps a room's entries in order.
// Requests go in during a tick, `commit` ends the batch, results come back in the order of the
// requests of each room: inside commit() for a log on this thread, later for one across a network.
// The hub treats a result as one more input, so nothing else differs between the two.

import type { Durability, Entry, NameKey } from "@maru/protocol/chat";

/** An entry before it has its place: the log gives seq, the hub has given the time. */
export type Draft = Entry extends infer E ? (E extends Entry ? Omit<E, "seq"> : never) : never;

/** At most what an entry takes on the wire: three bytes for each UTF-16 unit, and the rest. */
export function entryBytesMax(entry: Draft): number {
  const text = entry.type === "message" ? entry.text : entry.topic;
  return (text.length + entry.room.length + entry.from.length) * 3 + entryOverheadBytes;
}

/** An entry's keys, numbers and quotes on the wire, and about what its object costs in memory. */
const entryOverheadBytes = 160;

export interface AppendRequest<T = unknown> {
  readonly kind: "append";
  readonly room: NameKey;
  /** Whose message it is: (account, cid) is stored once, for as long as the entry is. */
  readonly account: string;
  readonly cid: string | undefined;
  readonly draft: Draft;
  /** Given back with the result. */
  readonly tag: T;
}

/** Loads what is known of a room, which may be nothing. */
export interface OpenRequest<T = unknown> {
  readonly kind: "open";
  readonly room: NameKey;
  readonly tag: T;
}

export interface ReadRequest<T = unknown> {
  readonly kind: "read";
  readonly room: NameKey;
  /** The oldest entries newer than this seq, or the newest entries older than that one. */
  readonly range: { readonly after: number } | { readonly before: number };
  /** At most so many entries, and bytes of them by `entryBytesMax` (always at least one entry). */
  readonly entriesMax: number;
  readonly bytesMax: number;
  readonly tag: T;
}

export type LogRequest<T = unknown> = AppendRequest<T> | OpenRequest<T> | ReadRequest<T>;

export type LogResult<T = unknown> =
  | {
      readonly kind: "appended";
      readonly tag: T;
      readonly entry: Entry;
      /** This (account, cid) was stored before; `entry` is that one. */
      readonly duplicate: boolean;
    }
  | {
      readonly kind: "opened";
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
      /** Oldest first. */
      readonly entries: readonly Entry[];
      /** There are more in the direction of the range. */
      readonly more: boolean;
      /** The room once had entries behind `after` that the log no longer has. */
      readonly gap: boolean;
    }
  | {
      readonly kind: "refused";
      readonly tag: T;
      readonly code: "storage_unavailable" | "busy";
      readonly retryAfterMs: number;
    };

export interface RoomLog<T = unknown> {
  /** What an `appended` result promises. */
  readonly durability: Durability;
  submit(request: LogRequest<T>): void;
  /** Ends a batch: all appends since the last commit become durable together. */
  commit(): void;
  close(): void | Promise<void>;
}

/** Makes a log that gives its results to `deliver`. */
export type CreateRoomLog<T = unknown> = (deliver: (result: LogResult<T>) => void) => RoomLog<T>;
