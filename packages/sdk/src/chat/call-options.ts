// What each command of the client may be told beside its own arguments, and what of it is sent.

export interface CallOptions {
  /** Aborting rejects at once with MaruError `aborted`; a reply that comes later is let go. */
  readonly signal?: AbortSignal | undefined;
}

/** For what goes through the outbox. */
export interface EntryOptions extends CallOptions {
  /** Your id for this entry: the same cid is stored once. A new one unless given. */
  readonly cid?: string | undefined;
}

export interface SendOptions extends EntryOptions {
  /** The seq of the message that this one answers. */
  readonly replyTo?: number | undefined;
  /** `/me`: the text is what the sender does. */
  readonly action?: boolean | undefined;
  /** The room need not be joined: for a program that speaks and does not listen. */
  readonly unjoined?: boolean | undefined;
}

export interface RedactOptions extends EntryOptions {
  /** Why, for everybody to read. */
  readonly reason?: string | undefined;
}

export interface ReactOptions extends EntryOptions {
  /** Takes your reaction back. */
  readonly remove?: boolean | undefined;
}

export interface TypingOptions {
  /** One has stopped writing. */
  readonly stopped?: boolean | undefined;
}

export interface JoinOptions extends CallOptions {
  /** All later entries follow. */
  readonly after?: number | undefined;
  /** The epoch that `after` belongs to. */
  readonly epoch?: string | undefined;
}

export interface PageOptions extends CallOptions {
  /** The last name of the page before. */
  readonly after?: string | undefined;
}

/** One of `before`, `after` and `around`, or none for the newest. */
export interface HistoryOptions extends CallOptions {
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly around?: number | undefined;
  /** As many as the server gives in one page, unless given. */
  readonly limit?: number | undefined;
}

export interface SearchQuery {
  /** Words, all of them; `"a phrase"`; `begin*`. */
  readonly query: string;
  /** Without one: the rooms that you are in, and your conversations. */
  readonly room?: string | undefined;
  /** Only what this nick said. */
  readonly from?: string | undefined;
  /** Milliseconds since 1970, both inclusive. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Only entries older than this seq; with `room`. */
  readonly before?: number | undefined;
  /** `next` of the page before, of the same search: goes on where that ended. */
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that have a value: a key that stands for nothing is not sent. */
export function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Given<T>;
}
