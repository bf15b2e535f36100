// Where rooms are looked up while nothing can be written: on a connection that only reads. Owns that
// connection, and opens it when it is first asked; what it knows ends with it.

import type { Database } from "bun:sqlite";
import type { NameKey } from "@maru/protocol/chat";
import { openReader } from "./open-database.ts";
import { type RoomRow, RoomTable } from "./room-table.ts";

export class RoomLookUp {
  readonly #path: string;
  #opened: { readonly db: Database; readonly rooms: RoomTable } | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws what SQLite throws. */
  find(key: NameKey): RoomRow | null {
    if (this.#opened === null) {
      const db = openReader(this.#path);
      this.#opened = { db, rooms: new RoomTable(db) };
    }
    return this.#opened.rooms.find(key);
  }

  /** What has been written since is found by the next one. */
  close(): void {
    this.#opened?.db.close();
    this.#opened = null;
  }
}
