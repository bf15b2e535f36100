// The index as its one writer has it: what it knows of rooms, and changes to it. Damage to the file
// comes out as DamagedIndex, whichever call meets it; the answer to that is rebuild().

import type { Database } from "bun:sqlite";
import { entryId } from "../schema.ts";
import { fileNumber, isDamage, openIndexFile, removeIndexFile } from "./index-file.ts";

/** Messages from first to seq are indexed, as all entries up to seq have left them. */
export interface Progress {
  readonly seq: number;
  readonly first: number;
  /** No entry up to seq is younger, and none by more than `skew` than a later one; milliseconds. */
  readonly newest: number;
  readonly skew: number;
}

/** What one transaction does to the index. */
export interface IndexChanges {
  /** By entry id: a message's document, or null if it is to be found no more. */
  readonly documents: ReadonlyMap<number, string | null>;
  /** By room; null forgets it. */
  readonly progress: ReadonlyMap<number, Progress | null>;
}

/** Pages of 4 KiB that one merge writes: 4 ms, now and then 60. */
const mergedPagesMax = 64;

export class DamagedIndex extends Error {
  constructor(cause: unknown) {
    super("the search index is damaged", { cause });
  }
}

export class SearchIndex {
  readonly #path: string;
  readonly #identity: string;
  #file: Database;
  #numbers: FileNumbers;

  constructor(path: string, identity: string) {
    this.#path = path;
    this.#identity = identity;
    this.#file = openIndexFile(path, identity);
    this.#numbers = fileNumbers(path);
  }

  /** False where the files were removed or replaced: what is written now would never be found. */
  get isInPlace(): boolean {
    const now = fileNumbers(this.#path);
    return now.main === this.#numbers.main && now.wal === this.#numbers.wal;
  }

  progressOf(room: number): Progress | null {
    return this.#guard((file) =>
      file
        .query<Progress, [number]>("SELECT seq, first, newest, skew FROM progress WHERE room = ?")
        .get(room),
    );
  }

  /** Every room's; there are as many as in the main database. */
  allProgress(): Map<number, Progress> {
    const rows = this.#guard((file) =>
      file.query<Progress & { room: number }, []>("SELECT * FROM progress").all(),
    );
    return new Map(rows.map(({ room, ...progress }) => [room, progress]));
  }

  /** Ids of the room's oldest documents below this seq. */
  idsBelow(room: number, seq: number, idsMax: number): number[] {
    const sql = "SELECT rowid AS id FROM doc WHERE rowid >= ? AND rowid < ? ORDER BY rowid LIMIT ?";
    const bounds: [number, number, number] = [entryId(room, 0), entryId(room, seq), idsMax];
    return this.#guard((file) =>
      file
        .query<{ id: number }, typeof bounds>(sql)
        .all(...bounds)
        .map(({ id }) => id),
    );
  }

  /**
   * In order of ids, because FTS5 writes out what it has gathered whenever an id is lower than the
   * one before.
   */
  apply({ documents, progress }: IndexChanges): void {
    const sorted = [...documents].sort(([one], [other]) => one - other);
    this.#guard((file) => {
      const put = file.query("INSERT OR REPLACE INTO doc (rowid, words) VALUES (?, ?)");
      const drop = file.query("DELETE FROM doc WHERE rowid = ?");
      const keep = file.query(
        "INSERT OR REPLACE INTO progress (room, seq, first, newest, skew) VALUES (?, ?, ?, ?, ?)",
      );
      const forget = file.query("DELETE FROM progress WHERE room = ?");
      file
        .transaction(() => {
          for (const [id, document] of sorted) {
            if (document === null) drop.run(id);
            else put.run(id, document);
          }
          for (const [room, reached] of progress) {
            if (reached === null) forget.run(room);
            else keep.run(room, reached.seq, reached.first, reached.newest, reached.skew);
          }
        })
        .immediate();
    });
  }

  /** Has FTS5 join some of what it has written in parts; false if there is nothing left to join. */
  merge(): boolean {
    return this.#guard((file) => {
      const changes = file.query<{ n: number }, []>("SELECT total_changes() AS n");
      const before = changes.get()?.n ?? 0;
      file.run("INSERT INTO doc (doc, rank) VALUES ('merge', ?)", [mergedPagesMax]);
      // As its documentation has it: less than two changes are none.
      return (changes.get()?.n ?? 0) - before >= 2;
    });
  }

  /** Whether this is the file that is open, not one that has been replaced since. */
  isOpen(file: bigint): boolean {
    return fileNumber(this.#path) === file;
  }

  /** Deletes the file and begins an empty one. */
  rebuild(): void {
    this.close();
    removeIndexFile(this.#path);
    this.#file = openIndexFile(this.#path, this.#identity);
    this.#numbers = fileNumbers(this.#path);
  }

  close(): void {
    this.#file.close();
  }

  #guard<T>(use: (file: Database) => T): T {
    try {
      return use(this.#file);
    } catch (error) {
      throw isDamage(error) ? new DamagedIndex(error) : error;
    }
  }
}

interface FileNumbers {
  readonly main: bigint | null;
  readonly wal: bigint | null;
}

function fileNumbers(path: string): FileNumbers {
  return { main: fileNumber(path), wal: fileNumber(`${path}-wal`) };
}
