// What is kept no longer: the oldest entries of a room beyond an age, a number or bytes. In small
// steps within the writer's transactions, so that no append waits for a million deletions.

import type { Database, Statement } from "bun:sqlite";
import { mentionsOf, type NameKey } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import { type EntryRow, entryOf } from "./entry-row.ts";
import { isOver, type RetentionBounds, timeBehind } from "./retention-bounds.ts";
import type { RoomRow, RoomTable } from "./room-table.ts";
import { entryId } from "./schema.ts";

/** Entries dropped in one step, about a millisecond. */
export const stepEntries = 200;

export class Retention {
  readonly #db: Database;
  readonly #rooms: RoomTable;
  readonly #bounds: RetentionBounds;
  readonly #oldest: Statement<EntryRow, [number, number, number]>;
  readonly #drop: Statement;
  readonly #dropReactions: Statement;
  readonly #dropMention: Statement;

  constructor(db: Database, rooms: RoomTable, bounds: RetentionBounds) {
    this.#db = db;
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
    const oldMax = this.#oldRows(room, rows, now);
    const kept = rows.findIndex((row, place) => {
      if (place >= oldMax && !isOver(room, this.#bounds)) return true;
      room.entries -= 1;
      room.bytes -= entryBytesMax(entryOf(row, room.name));
      return false;
    });
    return kept < 0 ? rows : rows.slice(0, kept);
  }

  /** How many of the rows are too old: an entry whose time has not come yet is as old as the next. */
  #oldRows({ id, head }: RoomRow, rows: readonly EntryRow[], now: number): number {
    const { keepMs } = this.#bounds;
    if (keepMs === 0) return 0;
    const young = rows.findIndex(({ at }) => at <= now && at >= now - keepMs);
    const end = young < 0 ? rows.length : young;
    // Those of the future that stand at the end are as old as what stands behind them.
    const past = rows.slice(0, end).findLastIndex(({ at }) => at <= now) + 1;
    const first = rows[past];
    if (first === undefined || past === end || young >= 0) return past;
    const at = timeBehind(this.#db, first.id, entryId(id, head), now);
    return at !== null && at < now - keepMs ? end : past;
  }
}
