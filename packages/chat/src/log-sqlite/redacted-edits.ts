// What a redacted message said before is gone with it: its edits are emptied, as many at once as a
// message may have. An earlier version set no bound; what is beyond it goes in later transactions, a
// part in each, and stands in the database until it is done. Runs within the writer's transactions.

import type { Database, Statement } from "bun:sqlite";
import type { Entry, EntryOf } from "@maru/protocol/chat";
import { editsPerMessageMax } from "../entry/judge-amendment.ts";
import { type EntryRow, entryOf, kinds, rowOf } from "./entry-row.ts";
import type { RoomRow, RoomTable } from "./room-table.ts";
import { roomOf, seqOf, seqsPerRoom } from "./schema.ts";

/** An entry, and what became of it. */
export interface Changed {
  readonly room: RoomRow;
  readonly before: Entry;
  readonly after: Entry;
}

/** A redacted message, and the last of its edits that was emptied; ids of entries. */
interface Begun {
  readonly message: number;
  readonly done: number;
}

export class RedactedEdits {
  readonly #rooms: RoomTable;
  readonly #edits: Statement<EntryRow, [number, number, number]>;
  readonly #empty: Statement;
  readonly #begin: Statement;
  readonly #begun: Statement<Begun, []>;
  readonly #end: Statement;
  readonly #roomKey: Statement<Pick<RoomRow, "key">, [number]>;
  /** Whether the database may have messages that were begun; it is asked, for a rollback changes that. */
  #mayHaveBegun: boolean;

  constructor(db: Database, rooms: RoomTable) {
    this.#rooms = rooms;
    this.#edits = db.query(
      `SELECT * FROM entry WHERE kind = ${kinds.edit} AND target = ? AND id > ? AND id <= ?
       ORDER BY id LIMIT ${editsPerMessageMax}`,
    );
    this.#empty = db.query("UPDATE entry SET body = ?, sum = ? WHERE id = ?");
    this.#begin = db.query("INSERT OR REPLACE INTO emptying VALUES (?, ?)");
    this.#begun = db.query("SELECT message, done FROM emptying LIMIT 1");
    this.#end = db.query("DELETE FROM emptying WHERE message = ?");
    this.#roomKey = db.query("SELECT key FROM room WHERE id = ?");
    this.#mayHaveBegun = this.#begun.get() !== null;
  }

  /** Whether `goOn` may have something to do. */
  get isLeft(): boolean {
    return this.#mayHaveBegun;
  }

  /** Empties the edits of a message that was redacted, at most `editsPerMessageMax` of them now. */
  empty(room: RoomRow, message: number): Changed[] {
    return this.#step(room, { message, done: message });
  }

  /** The next part of what was begun. */
  goOn(): Changed[] {
    if (!this.#mayHaveBegun) return [];
    const begun = this.#begun.get();
    this.#mayHaveBegun = begun !== null;
    if (begun === null) return [];
    const key = this.#roomKey.get(roomOf(begun.message))?.key;
    const room = key === undefined ? null : this.#rooms.find(key);
    if (room !== null) return this.#step(room, begun);
    this.#end.run(begun.message);
    return [];
  }

  #step(room: RoomRow, { message, done }: Begun): Changed[] {
    const roomEnd = message - seqOf(message) + seqsPerRoom - 1;
    const rows = this.#edits.all(seqOf(message), done, roomEnd);
    const last = rows.at(-1);
    if (last !== undefined && rows.length === editsPerMessageMax) {
      this.#begin.run(message, last.id);
      this.#mayHaveBegun = true;
    } else if (done !== message) {
      this.#end.run(message);
    }
    return rows.map((row) => {
      const before = entryOf(row, room.name) as EntryOf<"edit">;
      const after: Entry = { ...before, text: "" };
      const { body, sum } = rowOf(row.id, after, row.account, row.cid);
      this.#empty.run(body, sum, row.id);
      return { room, before, after };
    });
  }
}
