// What the memory log keeps of an entry and of a room. Owns nothing but their shape and the reading
// of a room's entries by seq, which are dense here.

import type { Entry, EntryOf, NameKey } from "@maru/protocol/chat";
import type { Target } from "../entry/judge-amendment.ts";
import {
  boundsBeside,
  newerHalf,
  type PageBounds,
  type Taken,
  takeEntries,
} from "../entry/take-entries.ts";
import type { ReadRange } from "../room-log.ts";
import type { EntryQueue } from "./entry-queue.ts";

export interface Kept {
  readonly room: NameKey;
  /** A message as its amendments have left it. */
  entry: Entry;
  readonly account: string;
  readonly dedupKey: string | null;
  /** Of a message: the seqs of its edits, and the names that it calls. */
  edits: number[] | null;
  named: readonly NameKey[];
  /** Under a message: the reaction of each emoji and account. */
  reactions: Map<string, EntryOf<"reaction">> | null;
}

export interface KeptRoom {
  readonly key: NameKey;
  head: number;
  topic: string;
  /** Of a conversation: accounts that have an entry in it. */
  readonly spoken: Set<NameKey> | null;
  readonly entries: EntryQueue<Kept>;
  /** No entry is younger than this, and none is younger by more than `skewMs` than a later one. */
  newestAt: number;
  skewMs: number;
}

/** Seqs without a hole: an entry's place follows from its seq. */
export function firstSeq({ head, entries }: KeptRoom): number {
  return head - entries.length + 1;
}

export function keptAt(room: KeptRoom | undefined, seq: number): Kept | null {
  if (room === undefined || seq < firstSeq(room) || seq > room.head) return null;
  return room.entries.at(seq - firstSeq(room));
}

/** What an amendment of this seq, by this account, would be about. */
export function targetAt(room: KeptRoom | undefined, seq: number, by: string): Target {
  const kept = keptAt(room, seq);
  if (kept === null || kept.entry.type !== "message") return null;
  const { entry: message, account, edits, reactions } = kept;
  const hasReacted = (emoji: string) => reactions?.has(`${by}\n${emoji}`) ?? false;
  return { message, account, edits: edits?.length ?? 0, hasReacted };
}

/** The entries of a range, oldest first, and whether there are more in its direction. */
export function pageOf(room: KeptRoom, range: ReadRange, bounds: PageBounds): Taken {
  const { length } = room.entries;
  const entryAt = (index: number) => room.entries.at(index).entry;
  const placeOf = (seq: number) => Math.min(length, Math.max(0, seq - firstSeq(room)));
  const forward = (start: number, within: PageBounds) =>
    takeEntries(length, entryAt, { start, step: 1 }, within);
  const backward = (start: number, within: PageBounds) => {
    const { entries, more } = takeEntries(length, entryAt, { start, step: -1 }, within);
    return { entries: entries.reverse(), more };
  };
  if ("after" in range) return forward(placeOf(range.after + 1), bounds);
  if ("before" in range) return backward(placeOf(range.before) - 1, bounds);
  const middle = placeOf(range.around);
  const newer = forward(middle, newerHalf(bounds)).entries;
  const older = backward(middle - 1, boundsBeside(newer, bounds));
  return { entries: [...older.entries, ...newer], more: older.more };
}
