// Rooms of which nothing is left, or was ever said: removed at the start, before the hub opens one,
// with the rows of their people. A step at a time, so that the write-ahead log stays small.

import type { Database } from "bun:sqlite";
import { directParticipants, type NameKey } from "@maru/protocol/chat";

/** Rooms removed in one transaction, about ten milliseconds. */
const stepRooms = 1_000;

type Empty = { readonly id: number; readonly key: NameKey; readonly head: number };

/** How many. A room with a topic is kept: a member has set it, and would miss it. */
export function removeEmptyRooms(db: Database): number {
  const find = db.query<Empty, []>(
    `SELECT id, key, head FROM room WHERE entries = 0 AND topic = '' LIMIT ${stepRooms}`,
  );
  let [removed, hasCounted] = [0, false];
  for (;;) {
    const rows = find.all();
    if (rows.length === 0) return removed;
    const countsNow = !hasCounted && rows.some(({ head }) => head > 0);
    db.transaction(() => remove(db, rows, countsNow)).immediate();
    db.run("PRAGMA wal_checkpoint(PASSIVE)");
    hasCounted ||= countsNow;
    removed += rows.length;
  }
}

function remove(db: Database, rows: readonly Empty[], counts: boolean): void {
  // Before the first room goes whose seqs could be given again: in another epoch then.
  if (counts) db.run("UPDATE meta SET removals = removals + 1");
  const last = rows.reduce((highest, { id }) => Math.max(highest, id), 0);
  db.run("UPDATE meta SET last_room = max(last_room, ?)", [last]);
  const dropRoom = db.query("DELETE FROM room WHERE id = ?");
  const dropMarkers = db.query("DELETE FROM marker WHERE room = ?");
  const dropParticipant = db.query("DELETE FROM participant WHERE account = ? AND room = ?");
  const free = db.query("INSERT INTO free_room VALUES (?)");
  for (const { id, key, head } of rows) {
    dropRoom.run(id);
    dropMarkers.run(id);
    for (const account of directParticipants(key) ?? []) dropParticipant.run(account, id);
    // Of one that had entries, the search index and mentions may still hold something.
    if (head === 0) free.run(id);
  }
}
