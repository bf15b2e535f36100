// What a room may keep, and how old its oldest entry is where its own time can't be right. Pure but for
// what it reads.

import type { Database } from "bun:sqlite";
import type { RoomRow } from "./room-table.ts";

/** What a room keeps; 0 = without limit. */
export interface RetentionBounds {
  readonly keepMs: number;
  readonly keepEntries: number;
  readonly keepBytes: number;
}

export function keepsAll({ keepMs, keepEntries, keepBytes }: RetentionBounds): boolean {
  return keepMs === 0 && keepEntries === 0 && keepBytes === 0;
}

export function isOver(
  { entries, bytes }: Pick<RoomRow, "entries" | "bytes">,
  bounds: RetentionBounds,
): boolean {
  const { keepEntries, keepBytes } = bounds;
  return (keepEntries > 0 && entries > keepEntries) || (keepBytes > 0 && bytes > keepBytes);
}

/**
 * Entries of the future behind which one of the past is looked for, 0.3 µs each: where the clock was
 * ahead for longer, they stay until their times have come.
 */
export const aheadMax = 20_000;

/**
 * When the entry with the id `from` was written at the latest: at its own time; or, where that has not
 * come yet, because the clock was ahead, at that of the next entry whose time has. Null: unknown.
 */
export function timeBehind(db: Database, from: number, to: number, now: number): number | null {
  const own = db.query<{ at: number }, [number]>("SELECT at FROM entry WHERE id = ?").get(from);
  if (own !== null && own.at <= now) return own.at;
  const sql = "SELECT at FROM entry WHERE id BETWEEN ? AND ? AND at <= ? ORDER BY id LIMIT 1";
  const end = Math.min(to, from + aheadMax);
  return db.query<{ at: number }, [number, number, number]>(sql).get(from, end, now)?.at ?? null;
}
