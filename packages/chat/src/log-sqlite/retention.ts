// What is kept no longer: the oldest entries of a room beyond an age, a number or bytes. In small
// steps within the writer's transactions, so that nobody waits for a million deletions.

import type { Database, Statement } from "bun:sqlite";
import { mentionsOf, type NameKey } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import { type EntryRow, entryOf } from "./entry-row.ts";
import type { RoomRow, RoomTable } from "./room-table.ts";
import { entryId } from "./schema.ts";

/** What a room keeps; 0 = without limit. */
export interface RetentionBounds {
  readonly keepMs: number;
  readonly keepEntries: number;
  readonly keepBytes: number;
}

/** Entries dropped in one step, about a millisecond. */
export const stepEntries = 200;
/** Rooms that one look for what is over its bounds finds; the next look finds the others. */
const overdueRoomsMax = 64;

export function keepsAll({ keepMs, keepEntries, keepBytes }: RetentionBounds): boolean {
  return keepMs === 0 && keepEntries === 0 && keepBytes === 0;
}

/** Rooms that keep more than they should at `now`: read by whoever has a connection. */
export function findOverdue(db: Database, bounds: RetentionBounds, now: number): NameKey[] {
  const rows = db
    .query<{ key: NameKey }, [number, number, number]>(
      `SELECT key FROM room WHERE entries > 0 AND (entries > ?1 OR bytes > ?2
        OR (SELECT at FROM entry WHERE entry.id = room.id * 4294967296 + room.first) < ?3)
      LIMIT ${overdueRoomsMax}`,
    )
    .all(
      bounds.keepEntries || Number.MAX_SAFE_INTEGER,
      bounds.keepBytes || Number.MAX_SAFE_INTEGER,
      bounds.keepMs === 0 ? 0 : now - bounds.keepMs,
    );
  return rows.map(({ key }) => key);
}

export function isOver({ entries, bytes }: RoomRow, bounds: RetentionBounds): boolean {
  const { keepEntries, keepBytes } = bounds;
  return (keepEntries > 0 && entries > keepEntries) || (keepBytes > 0 && bytes > keepBytes);
}

export class Retention {
  readonly #rooms: RoomTable;
  readonly #bounds: RetentionBounds;
  readonly #oldest: Statement<EntryRow, [number, number, number]>;
  readonly #drop: Statement;
  readonly #dropReactions: Statement;
  readonly #dropMention: Statement;

  constructor(db: Database, rooms: RoomTable, bounds: RetentionBounds) {
    this.#rooms = rooms;
    this.#bounds = bounds;
    this.#oldest = db.query("SELECT * FROM entry WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?");
    this.#drop = db.query("DELETE FROM entry WHERE id BETWEEN ? AND ?");
    this.#dropReactions = db.query("DELETE FROM reaction WHERE message BETWEEN ? AND ?");
    this.#dropMention = db.query("DELETE FROM mention WHERE account = ? AND message = ?");
  }

  /** Drops the oldest of a room that are over; how many. A full step: there may be more. */
  step(key: NameKey, now: number): number {
    const room = this.#rooms.find(key);
    if (room === null) return 0;
    const rows = this.#oldest.all(
      entryId(room.id, room.first),
      entryId(room.id, room.head),
      stepEntries,
    );
    const dropped = this.#overdue(room, rows, now);
    const last = dropped.at(-1);
    if (last === undefined) return 0;
    for (const row of dropped) {
      for (const account of mentionsOf(row.body)) this.#dropMention.run(account, row.id);
    }
    const from = entryId(room.id, room.first);
    this.#drop.run(from, last.id);
    this.#dropReactions.run(from, last.id);
    room.first = last.id - entryId(room.id, 0) + 1;
    this.#rooms.touch(room);
    return dropped.length;
  }

  /** The first of the rows without which the room keeps what it should; counts them out. */
  #overdue(room: RoomRow, rows: readonly EntryRow[], now: number): readonly EntryRow[] {
    const { keepMs } = this.#bounds;
    const kept = rows.findIndex((row) => {
      const isOld = keepMs > 0 && row.at < now - keepMs;
      if (!isOld && !isOver(room, this.#bounds)) return true;
      room.entries -= 1;
      room.bytes -= entryBytesMax(entryOf(row, room.name));
      return false;
    });
    return kept < 0 ? rows : rows.slice(0, kept);
  }
}
