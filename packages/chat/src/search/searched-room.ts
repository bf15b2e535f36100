// What a search needs of a room, in either log: to go through what may match, from a seq
// down, and to know how young what follows can be.

import type { Entry, NameKey } from "@maru/protocol/chat";
import type { SearchWork } from "./search-work.ts";

/** Times of entries, inclusive, in milliseconds; null: no bound. */
export interface TimeRange {
  readonly since: number | null;
  readonly until: number | null;
}

/** An entry that may match. */
export interface Candidate {
  readonly at: number;
  /** The message if it matches, as it stands; else null. Spends from the walk's work. */
  judge(): Entry | null;
}

/** A step of a walk. */
export interface WalkStep {
  /** The room is done from this seq on. */
  readonly seq: number;
  /** Null where the step has only found that nothing is there. */
  readonly candidate: Candidate | null;
  /** No entry below `seq` is younger than this; milliseconds. */
  readonly newestAt: number;
}

export interface SearchedRoom {
  readonly key: NameKey;
  /** No entry of the room is younger than this; Infinity where that is not known. */
  readonly newestAt: number;
  /**
   * From the entry before `before` down to the oldest: every message that matches and whose time is in
   * the range comes by as a candidate, others may. Spends from `work` what a step takes; who walks
   * stops when it is enough.
   */
  walk(before: number, times: TimeRange, work: SearchWork): Iterable<WalkStep>;
}
