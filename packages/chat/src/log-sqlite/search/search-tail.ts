// What the index doesn't have yet: the newest entries of each room are gone through one by one, so
// that what was acknowledged a moment ago is found, and an edit is respected at once.

import type { Database } from "bun:sqlite";
import { type EntryRow, kinds } from "../entry-row.ts";
import { entryId } from "../schema.ts";
import type { HitList } from "./hit-list.ts";
import type { SearchedRoom } from "./searched-rooms.ts";

/** Entries of all rooms together; 10 µs each. */
export const tailEntriesMax = 2000;

/**
 * Offers what stands behind the indexed seqs (by room id), and the older messages that it edits.
 * Short tails first, so that one long one hides no other room's. False if they are longer than the
 * bound: the newest part of the longest has been gone through.
 */
export function searchTails(
  main: Database,
  rooms: readonly SearchedRoom[],
  indexed: ReadonlyMap<number, number>,
  hits: HitList,
): boolean {
  const select = main.query<EntryRow, [number, number, number]>(
    "SELECT * FROM entry WHERE id > ? AND id <= ? ORDER BY id DESC LIMIT ?",
  );
  const tails = rooms
    .map((room) => ({ room, seq: Math.max(indexed.get(room.id) ?? 0, room.first - 1) }))
    .filter(({ room, seq }) => seq < room.head)
    .sort((one, other) => one.room.head - one.seq - (other.room.head - other.seq));
  let left = tailEntriesMax;
  for (const { room, seq } of tails) {
    if (left <= 0) return false;
    const rows = select.all(entryId(room.id, seq), entryId(room.id, room.head), left);
    for (const row of rows) {
      hits.offer(row, room.name);
      const isEdit = row.kind === kinds.edit && row.target !== null;
      if (isEdit) hits.offerId(entryId(room.id, row.target ?? 0), room.name);
    }
    if (rows.length === left && room.head - seq > left) return false;
    left -= rows.length;
  }
  return true;
}
