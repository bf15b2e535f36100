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
  /** Removals that the database had seen when the room was made: part of its epoch. */
  readonly generation: number;
  /** Who of a conversation's people has spoken in it: spoken-bits.ts. */
  spoken: number;
}

/** Rows kept in memory; those that were used longest ago are read again when they are. */
const rowsMax = 50_000;

export class RoomTable {
  readonly #db: Database;
  readonly #roomsMax: number;
  /** The highest number ever given, and how many below it can be given again. */
  #lastId = 0;
  #free = 0;
  /** What rooms that are made now have as theirs. */
  readonly generation: number;
  readonly #rows = new Map<NameKey, RoomRow>();
  readonly #dirty = new Set<RoomRow>();
  readonly #select;
  readonly #insert;
  readonly #participate;
  readonly #save;

  /** At most `idsMax` rooms. */
  constructor(db: Database, idsMax: number = roomsMax) {
    this.#db = db;
    this.#roomsMax = idsMax;
    const meta = db.query<{ removals: number }, []>("SELECT removals FROM meta").get();
    this.generation = meta?.removals ?? 0;
    this.#count();
    this.#select = db.query<RoomRow, [string]>("SELECT * FROM room WHERE key = ?");
    this.#insert = db.query<RoomRow, [number, string, string, number]>(
      "INSERT INTO room VALUES (?, ?, ?, 0, 1, 0, 0, '', ?, 0) RETURNING *",
    );
    this.#participate = db.query("INSERT OR IGNORE INTO participant VALUES (?, ?)");
    this.#save = db.query(
      "UPDATE room SET head = ?, first = ?, entries = ?, bytes = ?, topic = ?, spoken = ? WHERE id = ?",
    );
  }

  find(key: NameKey): RoomRow | null {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.#select.get(key);
    return row === null ? null : this.#remember(row);
  }

  /** Numbers of rooms that are taken, and how many there are. */
  get used(): { readonly rooms: number; readonly max: number } {
    return { rooms: this.#lastId - this.#free, max: this.#roomsMax };
  }

  /** Whether no further room can be added: an id would not be a whole number any more. */
  get isFull(): boolean {
    return this.#free === 0 && this.#lastId >= this.#roomsMax;
  }

  /** Within a transaction; not when full. */
  findOrAdd(key: NameKey, name: string): RoomRow {
    const known = this.find(key);
    if (known !== null) return known;
    const row = this.#insert.get(this.#takeId(), key, name, this.generation) as RoomRow;
    for (const account of directParticipants(key) ?? []) this.#participate.run(account, row.id);
    return this.#remember(row);
  }

  #takeId(): number {
    if (this.#free === 0) {
      this.#lastId += 1;
      return this.#lastId;
    }
    const sql = "DELETE FROM free_room WHERE id = (SELECT id FROM free_room LIMIT 1) RETURNING id";
    const taken = this.#db.query<{ id: number }, []>(sql).get() as { id: number };
    this.#free -= 1;
    return taken.id;
  }

  #count(): void {
    const sql = `SELECT max(coalesce((SELECT max(id) FROM room), 0), coalesce((SELECT last_room FROM meta), 0)) AS last,
      (SELECT count(*) FROM free_room) AS free`;
    const { last, free } = this.#db.query(sql).get() as { last: number; free: number };
    this.#lastId = last;
    this.#free = free;
  }

  /** The row was changed: it is saved at the end of the transaction. */
  touch(row: RoomRow): void {
    this.#dirty.add(row);
  }

  /** Writes what was changed, within the transaction that changed it. */
  save(): void {
    for (const { head, first, entries, bytes, topic, spoken, id } of this.#dirty) {
      this.#save.run(head, first, entries, bytes, topic, spoken, id);
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
    this.#count();
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
