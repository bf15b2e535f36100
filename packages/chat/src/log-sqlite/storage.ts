// The open database with all that writes to it, and its state of health: working, failing until the
// disk is better, or damaged for good. A batch is one transaction: it holds altogether or not at all.

import type { Database } from "bun:sqlite";
import { existsSync } from "node:fs";
import type { Durability, NameKey } from "@maru/protocol/chat";
import type { AppendRequest, LogResult, MarkRequest } from "../room-log.ts";
import { closeDatabase, openDatabase } from "./open-database.ts";
import { isOver, Retention, type RetentionBounds, stepEntries } from "./retention.ts";
import { RoomLookUp } from "./room-look-up.ts";
import { type RoomRow, RoomTable } from "./room-table.ts";
import { ailmentOf, codeOf, isSuspect, StorageError } from "./storage-error.ts";
import { type Change, EntryWriter } from "./write-entries.ts";

export interface StorageOptions {
  readonly path: string;
  readonly durability: Durability;
  readonly retention: RetentionBounds;
}

/** How storage is told of: once when it begins to fail, once when it works again. */
export interface StorageEvents {
  failing(code: string, why: string): void;
  recovered(): void;
  /** The database must not be used any more. */
  damaged(why: string): void;
}

export type WriteRequest<T> = AppendRequest<T> | MarkRequest<T>;

export interface Committed<T> {
  readonly results: readonly LogResult<T>[];
  readonly changes: readonly Change[];
  readonly rooms: readonly RoomRow[];
}

/** Between two attempts at a disk that is full or fails; milliseconds. */
export const retryMs = 500;

interface Opened {
  readonly db: Database;
  readonly rooms: RoomTable;
  readonly writer: EntryWriter;
  readonly retention: Retention;
}

export class Storage {
  readonly identity: string;
  readonly #options: StorageOptions;
  readonly #events: StorageEvents;
  #opened: Opened | null;
  /** For as long as nothing can be written. */
  readonly #lookUp: RoomLookUp;
  #health: "working" | "failing" | "damaged" = "working";
  #retryAtMs = 0;
  /** Rooms of which the oldest entries are to go. */
  readonly #overdue = new Set<NameKey>();

  /** Throws StorageError. */
  constructor(options: StorageOptions, events: StorageEvents) {
    this.#options = options;
    this.#events = events;
    this.#lookUp = new RoomLookUp(options.path);
    const { db, identity } = openDatabase(options.path, options.durability);
    this.identity = identity;
    this.#opened = this.#use(db);
  }

  /** Null where the room has no entry; undefined where nobody can tell. */
  roomOf(key: NameKey): RoomRow | null | undefined {
    if (this.#health === "damaged") return undefined;
    try {
      return (this.#opened?.rooms ?? this.#lookUp).find(key);
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /** Whole milliseconds until writing is worth another try; 0: now. `nowMs` is monotonic. */
  waitMs(nowMs: number): number {
    return this.#health === "working" ? 0 : Math.max(0, Math.ceil(this.#retryAtMs - nowMs));
  }

  overdue(rooms: readonly NameKey[]): void {
    for (const room of rooms) this.#overdue.add(room);
  }

  get hasOverdue(): boolean {
    return this.#overdue.size > 0;
  }

  /** Null if nothing of it has happened. `now` is the wall clock, for what has grown too old. */
  commit<T>(batch: readonly WriteRequest<T>[], now: number): Committed<T> | null {
    if (this.#health === "damaged") return null;
    const overdue = [...this.#overdue];
    try {
      this.#opened ??= this.#reopen();
      const committed = this.#transact(this.#opened, batch, now);
      if (this.#health === "failing") {
        this.#health = "working";
        this.#events.recovered();
      }
      return committed;
    } catch (error) {
      this.#rollBack();
      this.overdue(overdue);
      this.#fail(error);
      return null;
    }
  }

  /** Moves what is left of the write-ahead log, so that it can begin anew. Stalls for as long. */
  checkpoint(): void {
    try {
      this.#opened?.db.run("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (error) {
      this.#fail(error);
    }
  }

  damaged(why: string): void {
    if (this.#health === "damaged") return;
    this.#health = "damaged";
    this.#events.damaged(why);
  }

  close(): void {
    this.#lookUp.close();
    if (this.#opened === null) return;
    try {
      closeDatabase(this.#opened.db);
    } catch (error) {
      this.#opened.db.close();
      this.#fail(error);
    }
    this.#opened = null;
  }

  #transact<T>(opened: Opened, batch: readonly WriteRequest<T>[], now: number): Committed<T> {
    const { db, rooms, writer } = opened;
    const changes: Change[] = [];
    db.query("BEGIN IMMEDIATE").run();
    const results = batch.map((request) =>
      request.kind === "append" ? writer.append(request, changes) : writer.mark(request),
    );
    this.#retain(opened, changes, now);
    rooms.save();
    db.query("COMMIT").run();
    return { results, changes, rooms: rooms.saved() };
  }

  /** A step for room after room, until more has gone than has come. */
  #retain({ retention }: Opened, changes: readonly Change[], now: number): void {
    for (const { kind, room } of changes) {
      if (kind === "added" && isOver(room, this.#options.retention)) this.#overdue.add(room.key);
    }
    let left = changes.length + stepEntries;
    for (const key of [...this.#overdue]) {
      if (left <= 0) return;
      const dropped = retention.step(key, now);
      left -= Math.max(1, dropped);
      // Whoever needs another step stands behind the others.
      this.#overdue.delete(key);
      if (dropped === stepEntries) this.#overdue.add(key);
    }
  }

  #rollBack(): void {
    try {
      if (this.#opened?.db.inTransaction) this.#opened.db.run("ROLLBACK");
    } catch {
      // What can't be rolled back ends with the connection.
      this.#letGo();
    }
    this.#opened?.rooms.forget();
  }

  #fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const ailment = ailmentOf(error);
    if (ailment === "bug") throw error;
    if (ailment === "damaged") return this.damaged(why);
    if (isSuspect(error)) this.#letGo();
    this.#retryAtMs = performance.now() + retryMs;
    if (this.#health !== "working") return;
    this.#health = "failing";
    this.#events.failing(codeOf(error), why);
  }

  #letGo(): void {
    this.#lookUp.close();
    try {
      this.#opened?.db.close();
    } catch {
      // It is gone either way.
    }
    this.#opened = null;
  }

  #reopen(): Opened {
    const { path, durability } = this.#options;
    // A volume that has gone leaves an empty directory behind: that is no place to begin anew.
    if (!existsSync(path)) throw new StorageError(`${path} is not there any more`);
    const { db, identity } = openDatabase(path, durability);
    if (identity !== this.identity) {
      db.close();
      throw new StorageError(`${path} is another database than before`);
    }
    this.#lookUp.close();
    return this.#use(db);
  }

  #use(db: Database): Opened {
    const rooms = new RoomTable(db);
    const writer = new EntryWriter(db, rooms);
    return { db, rooms, writer, retention: new Retention(db, rooms, this.#options.retention) };
  }
}
