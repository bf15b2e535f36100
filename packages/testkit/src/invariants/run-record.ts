// What a run leaves behind for the invariant checker: plain data, which the crash harness, the
// simulation and a test all can produce. Owns the format and what each record means; judges nothing.
//
// A message is known by its key, whatever the caller likes as long as no two messages share one. The
// wire's `message` event carries no cid, so a harness puts the key into the text: see `messageKey`.

/** A publisher asks for a message, for the first time: a retry may be recorded too, and says nothing. */
export interface Asked {
  readonly kind: "asked";
  /** Milliseconds of a monotonic clock, or a step number: one order for the whole run. */
  readonly at: number;
  readonly room: string;
  readonly key: string;
}

/** `sent` came; once for each time that it came. */
export interface Acknowledged {
  readonly kind: "acknowledged";
  readonly at: number;
  readonly room: string;
  readonly key: string;
  readonly seq: number;
  /** Give it where it is known: a room that changed epoch in a run that may lose is judged by it alone. */
  readonly epoch?: string;
  readonly duplicate?: boolean;
}

/** In order of `at`; what has the same `at` counts as simultaneous. */
export type PublisherRecord = Asked | Acknowledged;

export type ObserverStep =
  /**
   * The observer is in the room. `after` only when it was asked for and `recovered` was true: entries
   * behind it are owed; without it, those behind `head`. While a position in the same epoch stands,
   * neither moves it: what was missed meanwhile is owed. Another epoch announces itself.
   */
  | {
      readonly kind: "joined";
      readonly epoch: string;
      readonly head: number;
      readonly after?: number;
    }
  | { readonly kind: "event"; readonly seq: number; readonly key: string }
  /** A gap was announced (`recovered: false`), or the observer left: what comes next starts anew. */
  | { readonly kind: "reset" };

/** What one observer saw of one room, over all its connections; a lost connection is no step. */
export interface ObserverRecord {
  readonly observer: string;
  readonly room: string;
  readonly steps: readonly ObserverStep[];
  /** The seq up to which it must have seen everything at the end; Infinity = all that is logged. */
  readonly completeTo?: number;
}

export interface LoggedEntry {
  readonly seq: number;
  readonly key: string;
}

/** A room read back at the very end, oldest entry first, with the epoch that it has then. */
export interface RoomLogRecord {
  readonly room: string;
  readonly epoch: string;
  readonly entries: readonly LoggedEntry[];
}

export interface RunRecord {
  readonly publishers: readonly PublisherRecord[];
  readonly observers: readonly ObserverRecord[];
  /** One for every room that anything else is recorded of. */
  readonly logs: readonly RoomLogRecord[];
}

/** No nick has a slash in it, so no two pairs share a key. */
export const messageKey = (account: string, cid: string): string => `${account}/${cid}`;
