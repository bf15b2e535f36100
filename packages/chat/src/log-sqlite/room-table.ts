// The rooms of the database that are in use, as rows of `room` in memory. Owns what is loaded and
// what has changed since; the writer saves it within its transaction.

import type { Database } from "bun:sqlite";
import { directParticipants, type NameKey } from "@maru/protocol/chat";
import { roomsMax } from "./schema.ts";

export interface RoomRow {
  readonly id: number;
  readonly key: NameKey;
  readonly name: string;
  head: number;
  first: number;
  entries: number;
  bytes: number;
  topic: string;
}

/** Rows kept in memory; those that were used longest ago are read again when they are. */
const rowsMax = 50_000;

export class RoomTable {
  #lastId: number;
  readonly #rows = new Map<NameKey, RoomRow>();
  readonly #dirty = new Set<RoomRow>();
  readonly #select;
  readonly #insert;
  readonly #participate;
  readonly #save;

  constructor(db: Database) {
    this.#lastId = (db.query("SELECT max(id) FROM room").values() as [[number | null]])[0][0] ?? 0;
    this.#select = db.query<RoomRow, [string]>("SELECT * FROM room WHERE key = ?");
    this.#insert = db.query<RoomRow, [string, string]>(
      "INSERT INTO room (key, name, head, first, entries, bytes, topic) VALUES (?, ?, 0, 1, 0, 0, '') RETURNING *",
    );
    this.#participate = db.query("INSERT OR IGNORE INTO participant VALUES (?, ?)");
    this.#save = db.query(
      "UPDATE room SET head = ?, first = ?, entries = ?, bytes = ?, topic = ? WHERE id = ?",
    );
  }

  find(key: NameKey): RoomRow | null {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.#select.get(key);
    return row === null ? null : this.#remember(row);
  }

  /** Whether no further room can be added: an id would not be a whole number any more. */
  get isFull(): boolean {
    return this.#lastId >= roomsMax;
  }

  /** Within a transaction; not when full. */
  findOrAdd(key: NameKey, name: string): RoomRow {
    const known = this.find(key);
    if (known !== null) return known;
    const row = this.#insert.get(key, name) as RoomRow;
    this.#lastId = Math.max(this.#lastId, row.id);
    for (const account of directParticipants(key) ?? []) this.#participate.run(account, row.id);
    return this.#remember(row);
  }

  /** The row was changed: it is saved at the end of the transaction. */
  touch(row: RoomRow): void {
    this.#dirty.add(row);
  }

  /** Writes what was changed, within the transaction that changed it. */
  save(): void {
    for (const { head, first, entries, bytes, topic, id } of this.#dirty) {
      this.#save.run(head, first, entries, bytes, topic, id);
    }
  }

  /** The transaction is done: what it changed is returned, and holds. */
  saved(): readonly RoomRow[] {
    const rows = [...this.#dirty];
    this.#dirty.clear();
    return rows;
  }

  /** The transaction has failed: what it may have changed is read again. */
  forget(): void {
    this.#dirty.clear();
    this.#rows.clear();
  }

  #remember(row: RoomRow): RoomRow {
    if (this.#rows.size >= rowsMax) this.#evict();
    this.#rows.set(row.key, row);
    return row;
  }

  #evict(): void {
    for (const [key, row] of this.#rows) {
      if (this.#dirty.has(row)) continue;
      this.#rows.delete(key);
      if (this.#rows.size < rowsMax * 0.9) return;
    }
  }
}
