// What the memory log keeps of an entry and of a room. Owns nothing but their shape and the reading
// of a room's entries by seq, which are dense here.

import type { Entry, EntryOf, NameKey } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import type { Target } from "../entry/judge-amendment.ts";
import type { ReadRange } from "../room-log.ts";
import type { EntryQueue } from "./entry-queue.ts";

export interface Kept {
  readonly room: NameKey;
  /** A message as its amendments have left it. */
  entry: Entry;
  readonly account: string;
  readonly dedupKey: string | null;
  /** Under a message: the reaction of each emoji and account. */
  reactions: Map<string, EntryOf<"reaction">> | null;
}

export interface KeptRoom {
  readonly key: NameKey;
  head: number;
  topic: string;
  readonly entries: EntryQueue<Kept>;
}

/** Seqs without a hole: an entry's place follows from its seq. */
export function firstSeq({ head, entries }: KeptRoom): number {
  return head - entries.length + 1;
}

export function keptAt(room: KeptRoom | undefined, seq: number): Kept | null {
  if (room === undefined || seq < firstSeq(room) || seq > room.head) return null;
  return room.entries.at(seq - firstSeq(room));
}

/** What an amendment of this seq would be about. */
export function targetAt(room: KeptRoom | undefined, seq: number): Target {
  const kept = keptAt(room, seq);
  if (kept === null || kept.entry.type !== "message") return null;
  return { message: kept.entry, account: kept.account };
}

export interface PageBounds {
  readonly entriesMax: number;
  readonly bytesMax: number;
}

/** The entries of a range, oldest first, and whether there are more in its direction. */
export function pageOf(
  room: KeptRoom,
  range: ReadRange,
  bounds: PageBounds,
): { entries: Entry[]; more: boolean } {
  const { entries } = room;
  const placeOf = (seq: number) => Math.min(entries.length, Math.max(0, seq - firstSeq(room)));
  if ("after" in range) {
    const start = placeOf(range.after + 1);
    const page = take(entries, start, 1, bounds);
    return { entries: page, more: start + page.length < entries.length };
  }
  if ("before" in range) {
    const end = placeOf(range.before);
    const page = take(entries, end - 1, -1, bounds).reverse();
    return { entries: page, more: end > page.length };
  }
  const middle = placeOf(range.around);
  const half = { entriesMax: Math.ceil(bounds.entriesMax / 2), bytesMax: bounds.bytesMax / 2 };
  const behind = take(entries, middle, 1, half);
  const left = { ...bounds, entriesMax: bounds.entriesMax - behind.length };
  const bytesMax = bounds.bytesMax - bytesOf(behind);
  const before = left.entriesMax > 0 ? take(entries, middle - 1, -1, { ...left, bytesMax }) : [];
  return { entries: [...before.reverse(), ...behind], more: middle > before.length };
}

function bytesOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + entryBytesMax(entry), 0);
}

/** Entries from `start` in steps of `step`, within the bounds, and at least one. */
function take(
  entries: EntryQueue<Kept>,
  start: number,
  step: 1 | -1,
  { entriesMax, bytesMax }: PageBounds,
): Entry[] {
  const page: Entry[] = [];
  let bytes = 0;
  for (let at = start; at >= 0 && at < entries.length; at += step) {
    const { entry } = entries.at(at);
    bytes += entryBytesMax(entry);
    if (page.length >= entriesMax || (page.length > 0 && bytes > bytesMax)) break;
    page.push(entry);
  }
  return page;
}
