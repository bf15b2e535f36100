// Which rooms keep more than they should: read by the writer or a reader, a part of the rooms at a
// time, for there may be millions.

import type { Database } from "bun:sqlite";
import type { NameKey } from "@maru/protocol/chat";
import { isOver, type RetentionBounds, timeBehind } from "./retention-bounds.ts";
import { entryId } from "./schema.ts";

/** Rooms that one look goes through, 4 µs each, and those that it may find; the next goes on. */
export const lookedAtMax = 2_000;
export const overdueRoomsMax = 64;
export interface OverdueQuestion {
  readonly bounds: RetentionBounds;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Rooms with a higher number. */
  readonly after: number;
}

export interface OverdueAnswer {
  readonly rooms: readonly NameKey[];
  /** Where the next look goes on; null: all rooms were looked at. */
  readonly next: number | null;
}

interface Row {
  readonly id: number;
  readonly key: NameKey;
  readonly head: number;
  readonly first: number;
  readonly entries: number;
  readonly bytes: number;
}

export function findOverdue(db: Database, { bounds, now, after }: OverdueQuestion): OverdueAnswer {
  return db.transaction(() => {
    const rows = db
      .query<Row, [number, number]>(
        "SELECT id, key, head, first, entries, bytes FROM room WHERE id > ? ORDER BY id LIMIT ?",
      )
      .all(after, lookedAtMax);
    const rooms: NameKey[] = [];
    for (const row of rows) {
      if (rooms.length >= overdueRoomsMax) return { rooms, next: row.id - 1 };
      if (row.entries > 0 && isOverdue(db, row, bounds, now)) rooms.push(row.key);
    }
    return { rooms, next: rows.length < lookedAtMax ? null : (rows.at(-1)?.id ?? null) };
  })();
}

function isOverdue(db: Database, room: Row, bounds: RetentionBounds, now: number): boolean {
  if (isOver(room, bounds)) return true;
  if (bounds.keepMs === 0) return false;
  const at = timeBehind(db, entryId(room.id, room.first), entryId(room.id, room.head), now);
  return at !== null && at < now - bounds.keepMs;
}
