// A room in the database, as a search walks it: what the index has not got yet row by row, the rest by
// the index's candidates; each is judged by the row as it stands.

import type { Database } from "bun:sqlite";
import type { Entry, NameKey } from "@maru/protocol/chat";
import type { SearchRequest } from "../../room-log.ts";
import { matches } from "../../search/matches.ts";
import { rowUs, type SearchWork } from "../../search/search-work.ts";
import type { Candidate, SearchedRoom, TimeRange, WalkStep } from "../../search/searched-room.ts";
import { timeCut } from "../../search/time-cut.ts";
import { DamagedRow, type EntryRow, entryOf, flags, kinds } from "../entry-row.ts";
import { entryId, seqOf } from "../schema.ts";
import type { IndexWalk } from "./index-walk.ts";
import type { RoomExtent } from "./searched-rooms.ts";

/**
 * Entries behind the indexed ones in which edits of older messages are looked for. Where there are
 * more, such a message may be missing, and the page says that the index is behind.
 */
export const tailEntriesMax = 2_000;
/** Of one of them, of which only the kind is read, in microseconds. */
const headUs = 0.5;
/** Rows that are read at once. */
const rowsMax = 32;

export interface WalkedDatabase {
  readonly main: Database;
  readonly index: IndexWalk | null;
  readonly request: SearchRequest;
}

export class RoomWalk implements SearchedRoom {
  readonly key: NameKey;
  readonly newestAt: number;
  /** Edits may be missing. */
  readonly isBehind: boolean;
  readonly #db: WalkedDatabase;
  readonly #room: RoomExtent;
  /** The newest seq that is indexed. */
  readonly #indexed: number;

  constructor(db: WalkedDatabase, room: RoomExtent) {
    this.#db = db;
    this.#room = room;
    this.key = room.key;
    this.#indexed = Math.max(room.indexed?.seq ?? 0, room.first - 1);
    const isIndexed = this.#indexed >= room.head;
    this.newestAt = isIndexed ? (room.indexed?.newest ?? 0) : Number.POSITIVE_INFINITY;
    this.isBehind = room.head - this.#indexed > tailEntriesMax;
  }

  *walk(before: number, times: TimeRange, work: SearchWork): Generator<WalkStep> {
    yield* this.#walkTail(before - 1, work);
    yield* this.#walkIndexed(before - 1, times, work);
  }

  *#walkTail(high: number, work: SearchWork): Generator<WalkStep> {
    const { id, head } = this.#room;
    const select = this.#db.main.query<EntryRow, [number, number, number]>(
      "SELECT * FROM entry WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?",
    );
    const low = this.#indexed + 1;
    for (let top = Math.min(head, high); top >= low; ) {
      const rows = select.all(entryId(id, low), entryId(id, top), rowsMax);
      for (const row of rows) {
        const seq = seqOf(row.id);
        work.spend(rowUs);
        const newestAt = seq > low ? Number.POSITIVE_INFINITY : (this.#room.indexed?.newest ?? 0);
        yield { seq, newestAt, candidate: this.#candidate(row, work) };
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < rowsMax) return;
      top = seqOf(last.id) - 1;
    }
  }

  *#walkIndexed(high: number, times: TimeRange, work: SearchWork): Generator<WalkStep> {
    const { id, indexed } = this.#room;
    const { index, main } = this.#db;
    const { low, high: top } = this.#cut(Math.min(this.#indexed, high), times);
    if (index === null || indexed === null || low > top) return;
    const edited = this.#editedSince(low, top, work);
    const rowOfId = main.query<EntryRow, [number]>("SELECT * FROM entry WHERE id = ?");
    let newestAt = indexed.newest;
    for (const batch of index.walk(id, low, top, work)) {
      const added: number[] = [];
      while ((edited[0] ?? -1) >= batch.low) added.push(edited.shift() as number);
      for (const seq of newestFirst(batch.seqs, added)) {
        work.spend(rowUs);
        const row = rowOfId.get(entryId(id, seq));
        if (row !== null) newestAt = Math.min(newestAt, row.at + indexed.skew);
        yield { seq, newestAt, candidate: row === null ? null : this.#candidate(row, work) };
      }
      yield { seq: batch.low, newestAt, candidate: null };
    }
  }

  /** The indexed seqs up to `high` that may have such times. */
  #cut(high: number, { since, until }: TimeRange): { low: number; high: number } {
    const { id, first, indexed } = this.#room;
    const low = first;
    if (indexed === null || low > high) return { low, high };
    const query = this.#db.main.query<{ id: number; at: number }, [number, number]>(
      "SELECT id, at FROM entry WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1",
    );
    const probe = (seq: number) => {
      const entry = query.get(entryId(id, seq), entryId(id, high));
      return entry && { seq: seqOf(entry.id), at: entry.at };
    };
    const isYounger = until !== null && indexed.newest <= until;
    const range = { since, until: isYounger ? null : until };
    return timeCut({ low, high, skewMs: indexed.skew, probe }, range);
  }

  /** Messages among these seqs that were edited after the index last saw them, newest first. */
  #editedSince(low: number, high: number, work: SearchWork): number[] {
    const { id, head } = this.#room;
    const from = Math.max(this.#indexed + 1, head - tailEntriesMax + 1);
    if (from > head) return [];
    work.spend((head - from + 1) * headUs);
    const sql = `SELECT DISTINCT target FROM entry WHERE id BETWEEN ? AND ? AND kind = ${kinds.edit}
      AND target BETWEEN ? AND ? ORDER BY target DESC`;
    return this.#db.main
      .query<{ target: number }, [number, number, number, number]>(sql)
      .all(entryId(id, from), entryId(id, head), low, high)
      .map(({ target }) => target);
  }

  #candidate(row: EntryRow, work: SearchWork): Candidate | null {
    const { at, kind, flags: bits } = row;
    if (kind !== kinds.message || (bits & flags.redacted) !== 0) return null;
    return { at, judge: () => this.#judge(row, work) };
  }

  #judge(row: EntryRow, work: SearchWork): Entry | null {
    const { from, terms } = this.#db.request;
    if (from !== null && row.account !== from) return null;
    return matches(row.body, terms, work) ? soundEntry(row, this.#room.name) : null;
  }
}

function newestFirst(seqs: readonly number[], others: readonly number[]): readonly number[] {
  if (others.length === 0) return seqs;
  return [...new Set([...seqs, ...others])].sort((one, other) => other - one);
}

/** One damaged row is no reason to find nothing; who reads that page is told. */
function soundEntry(row: EntryRow, room: string): Entry | null {
  try {
    return entryOf(row, room);
  } catch (error) {
    if (error instanceof DamagedRow) return null;
    throw error;
  }
}
