// The part of a room in which entries of a time can stand. A room's times ascend but where the clock
// was set back; how far it was is known, and no cut trusts a time by more than that. Pure.

import type { TimeRange } from "./searched-room.ts";

export interface CutRoom {
  /** Seqs, both inclusive. */
  readonly low: number;
  readonly high: number;
  /**
   * How much younger an older entry can be: the most by which the clock went back, in milliseconds.
   * Anything up to Infinity is right; the more, the less is cut.
   */
  readonly skewMs: number;
  /** The time of the first entry from `seq` on; null if there is none up to `high`. */
  probe(seq: number): { readonly seq: number; readonly at: number } | null;
}

/** Seqs, inclusive: outside of them no entry has a time in the range. None if low > high. */
export function timeCut(room: CutRoom, { since, until }: TimeRange): { low: number; high: number } {
  const { skewMs } = room;
  // Whatever stands before a time is at most so much younger, whatever follows at most so much older.
  const low = since === null ? room.low : firstWhere(room, (at) => at + skewMs >= since);
  const end = until === null ? room.high + 1 : firstWhere(room, (at) => at - skewMs > until);
  return { low, high: end - 1 };
}

/**
 * A seq up to which no entry is as wanted, or from which on all are, as far as the probes tell: by the
 * choice of the predicate each single probe is enough for what it cuts off.
 */
function firstWhere(room: CutRoom, isSo: (at: number) => boolean): number {
  let { low } = room;
  let high = room.high + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const entry = room.probe(middle);
    if (entry === null || entry.seq >= high || isSo(entry.at)) high = middle;
    else low = entry.seq + 1;
  }
  return low;
}
