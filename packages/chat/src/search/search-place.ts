// Where a page of a search ended, and the order in which it goes on. Pure.
//
// Over many rooms the order is that of the times, newest first, then by room and seq: whatever the
// clock said, every entry has one place in it. In one room it is that of the seqs. Where the work of a
// page does not suffice to tell which entries are the newest, a part of the times is gone through room
// by room instead: then the place is a room and a seq, and it moves on however little was done.

import type { NameKey } from "@maru/protocol/chat";

/** Of an entry, in the order of the times; milliseconds. */
export interface Position {
  readonly at: number;
  readonly room: NameKey;
  readonly seq: number;
}

export interface SearchPlace {
  /** Everything up to this one, and it, is done. Null: nothing is. */
  readonly below: Position | null;
  /** Room by room, in the order of their keys; null: newest first over all rooms. */
  readonly scan: RoomScan | null;
}

export interface RoomScan {
  /** Rooms with lower keys are done, and of this one the entries from `before` on. */
  readonly room: NameKey;
  readonly before: number;
  /** As far as this one, which belongs to it; null: to the oldest. */
  readonly to: Position | null;
}

export const fromTheNewest: SearchPlace = { below: null, scan: null };

/** Negative if `one` comes first: it is the newer one. Zero only for the same entry. */
export function compareNewest(one: Position, other: Position): number {
  if (one.at !== other.at) return other.at - one.at;
  if (one.room !== other.room) return one.room < other.room ? -1 : 1;
  return other.seq - one.seq;
}

/** Whether an entry there belongs to what the place leaves to be done. */
export function isLeft(position: Position, { below, scan }: SearchPlace): boolean {
  if (below !== null && compareNewest(position, below) <= 0) return false;
  return !scan || scan.to === null || compareNewest(position, scan.to) <= 0;
}
