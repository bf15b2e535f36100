// A part of a room's log: how it is asked for, and how it comes. Plain data.

import type { Item } from "./timeline.ts";

/** A place in a room's log: a seq, or what was said at a time, milliseconds since 1970. */
export type Sought =
  | { readonly part: "around"; readonly seq: number }
  | { readonly part: "at"; readonly atMs: number };

/** Which part of a room's log is wanted. */
export type Wanted =
  | { readonly part: "newest" }
  /** `joins`: where what is held began, or ended, when this was asked for: the page goes there. */
  | { readonly part: "older"; readonly before: number; readonly joins: number }
  | { readonly part: "newer"; readonly after: number; readonly joins: number }
  | Sought;

/** A page is asked for. */
export interface PageWish {
  readonly type: "page";
  readonly room: string;
  readonly wanted: Wanted;
}

/** It came; `at` is the seq that was looked for. */
export interface Paged {
  readonly type: "paged";
  readonly room: string;
  readonly wanted: Wanted;
  readonly items: readonly Item[];
  readonly more: boolean;
  /** Seqs of the first and the last entry of the page, of whatever kind; null: it is empty. */
  readonly ends: { readonly first: number; readonly last: number } | null;
  readonly head: number;
  readonly at: number | null;
}

export interface NotPaged {
  readonly type: "not-paged";
  readonly room: string;
  readonly wanted: Wanted;
  readonly message: string;
}
