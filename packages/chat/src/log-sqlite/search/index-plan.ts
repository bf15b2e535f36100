// What one step does to the index: gathered from the main database, within the step's bounds, and
// written by the index in one transaction. Lives for one step, in one snapshot of the main database.

import type { Database } from "bun:sqlite";
import { flags, kinds } from "../entry-row.ts";
import { entryId, seqOf, seqsPerRoom } from "../schema.ts";
import { documentOf } from "./match-expression.ts";
import type { IndexChanges, Progress, SearchIndex } from "./search-index.ts";

export interface PlanBounds {
  /** Entries read, documents deleted and rooms looked at in one step. */
  readonly entriesMax: number;
  /** UTF-16 units of text after which a step reads no further entry. */
  readonly unitsMax: number;
}

export interface RoomRow {
  readonly head: number;
  readonly first: number;
}

interface IndexedRow {
  readonly id: number;
  readonly at: number;
  readonly kind: number;
  readonly account: string;
  readonly target: number | null;
  readonly body: string;
  readonly flags: number;
}

const columns = "id, at, kind, account, target, body, flags";

export class IndexPlan implements IndexChanges {
  readonly documents = new Map<number, string | null>();
  readonly progress = new Map<number, Progress | null>();
  /** Entries read. */
  indexed = 0;
  readonly #main: Database;
  readonly #index: SearchIndex;
  #entriesLeft: number;
  #unitsLeft: number;

  constructor(main: Database, index: SearchIndex, { entriesMax, unitsMax }: PlanBounds) {
    this.#main = main;
    this.#index = index;
    // The room that takes the last entry is counted too.
    this.#entriesLeft = entriesMax + 1;
    this.#unitsLeft = unitsMax;
  }

  get isFull(): boolean {
    return this.#entriesLeft <= 1 || this.#unitsLeft <= 0;
  }

  /** Whether the room is done with this plan; else it needs another one. */
  addRoom(room: number): boolean {
    // A room costs something even where nothing has changed.
    this.#entriesLeft -= 1;
    const sql = "SELECT head, first FROM room WHERE id = ?";
    const now = this.#main.query<RoomRow, [number]>(sql).get(room);
    const known = this.#index.progressOf(room);
    if (now === null || (known !== null && now.head < known.seq)) {
      return this.#forget(room) && now === null;
    }
    const before = known ?? { seq: 0, first: now.first, newest: 0, skew: 0 };
    const isTrimmed = now.first <= before.first || this.#drop(room, now.first);
    const reached = this.#addEntries(room, before, now);
    this.progress.set(room, { ...reached, first: isTrimmed ? now.first : before.first });
    return isTrimmed && reached.seq === now.head;
  }

  /** The room is gone, or is another one under an old number: nothing of it may be found. */
  #forget(room: number): boolean {
    const isEmpty = this.#drop(room, seqsPerRoom);
    if (isEmpty) this.progress.set(room, null);
    return isEmpty;
  }

  #drop(room: number, below: number): boolean {
    const ids = this.#index.idsBelow(room, below, this.#entriesLeft);
    for (const id of ids) this.documents.set(id, null);
    const isDone = ids.length < this.#entriesLeft;
    this.#entriesLeft -= ids.length;
    return isDone;
  }

  /** How far the room's entries have been read. */
  #addEntries(room: number, before: Progress, { head, first }: RoomRow): Progress {
    const seq = Math.max(before.seq, first - 1);
    let { newest, skew } = before;
    if (this.#entriesLeft <= 0) return { ...before, seq };
    const sql = `SELECT ${columns} FROM entry WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`;
    const range: [number, number, number] = [
      entryId(room, seq),
      entryId(room, head),
      this.#entriesLeft,
    ];
    let reached = head;
    for (const row of this.#main.query<IndexedRow, typeof range>(sql).iterate(...range)) {
      this.indexed += 1;
      this.#entriesLeft -= 1;
      this.#unitsLeft -= row.body.length;
      newest = Math.max(newest, row.at);
      skew = Math.max(skew, newest - row.at);
      this.#addEntry(room, row, first);
      if (this.#unitsLeft <= 0 || this.#entriesLeft <= 0) {
        reached = seqOf(row.id);
        break;
      }
    }
    return { ...before, seq: reached, newest, skew };
  }

  #addEntry(room: number, row: IndexedRow, first: number): void {
    if (row.kind === kinds.message) {
      this.documents.set(row.id, documentOrNull(row));
      return;
    }
    const isAmendment = row.kind === kinds.edit || row.kind === kinds.redaction;
    if (!isAmendment || row.target === null || row.target < first) return;
    const id = entryId(room, row.target);
    if (this.documents.has(id)) return;
    const sql = `SELECT ${columns} FROM entry WHERE id = ?`;
    const target = this.#main.query<IndexedRow, [number]>(sql).get(id);
    this.documents.set(id, target === null ? null : documentOrNull(target));
  }
}

/** The row as it stands now: an edit has changed the message's own text. */
function documentOrNull({ id, kind, account, body, flags: bits }: IndexedRow): string | null {
  const isMessage = kind === kinds.message && (bits & flags.redacted) === 0;
  return isMessage ? documentOf(id, account, body) : null;
}
