// The open database with all that writes to it, and its state of health: working, failing until the
// disk is better, or ended: damaged, or no longer the files that were opened. A batch is one
// transaction: it holds altogether or not at all.

import type { Database } from "bun:sqlite";
import type { Durability, NameKey } from "@maru/protocol/chat";
import type { AppendRequest, LogResult, MarkRequest, RecallRequest } from "../room-log.ts";
import { removeEmptyRooms } from "./empty-rooms.ts";
import { type HeldContent, HeldFiles, type HeldPaths } from "./held-files.ts";
import { type MarkerBounds, MarkerWriter, markerStepRows } from "./marker-rows.ts";
import { closeDatabase, findDamage, openDatabase, openReader } from "./open-database.ts";
import { Retention, stepEntries } from "./retention.ts";
import { isOver, type RetentionBounds } from "./retention-bounds.ts";
import { RoomLookUp } from "./room-look-up.ts";
import { type RoomRow, RoomTable } from "./room-table.ts";
import { codeOf, errorKindOf, isSuspect, StorageError } from "./storage-error.ts";
import { type Change, EntryWriter } from "./write-entries.ts";

export interface StorageOptions {
  readonly paths: HeldPaths;
  readonly durability: Durability;
  readonly retention: RetentionBounds;
  readonly markers: MarkerBounds;
  /** Rooms that the database may have. */
  readonly roomsMax: number;
}

/** How storage is told of: once when it begins to fail, once when it works again. */
export interface StorageEvents {
  failing(code: string, why: string): void;
  recovered(): void;
  /** The database must not be used any more: it is damaged, or its files are others. */
  ended(why: string, kind: "damaged" | "lost"): void;
}

/** What has its place in a batch; a recall writes nothing. */
export type WriteRequest<T> = AppendRequest<T> | RecallRequest<T> | MarkRequest<T>;

export interface Committed<T> {
  readonly results: readonly LogResult<T>[];
  readonly changes: readonly Change[];
  readonly rooms: readonly RoomRow[];
}

/** Between two attempts at a disk that is full or fails; milliseconds. */
export const retryMs = 500;
/** Of the write-ahead log: its header, and a page of 4 KiB with its own. */
const walHeaderBytes = 32;
export const walFrameBytes = 4_096 + 24;

interface Opened {
  readonly db: Database;
  readonly rooms: RoomTable;
  readonly writer: EntryWriter;
  readonly retention: Retention;
  readonly markers: MarkerWriter;
}

export class Storage {
  readonly identity: string;
  readonly #options: StorageOptions;
  readonly #events: StorageEvents;
  readonly #files: HeldFiles;
  #opened: Opened | null;
  /** For as long as nothing can be written. */
  readonly #lookUp: RoomLookUp;
  #health: "working" | "failing" | "ended" = "working";
  #retryAtMs = 0;
  #roomsUsed: RoomTable["used"];
  /** Rooms of which the oldest entries are to go. */
  readonly #overdue = new Set<NameKey>();
  #areMarkersDue = false;
  /** Rooms without entries that were removed when this was opened. */
  readonly removedRooms: number;
  /** What a room that is made now has as its own. */
  readonly generation: number;

  /** Throws StorageError. */
  constructor(options: StorageOptions, events: StorageEvents) {
    this.#options = options;
    this.#events = events;
    const { main } = options.paths;
    this.#lookUp = new RoomLookUp(main);
    const { db, identity } = openDatabase(main, options.durability);
    this.identity = identity;
    this.#files = new HeldFiles(options.paths);
    this.removedRooms = removeEmptyRooms(db);
    this.#opened = this.#use(db);
    this.generation = this.#opened.rooms.generation;
    this.#roomsUsed = this.#opened.rooms.used;
  }

  /** Null where the room has no entry; undefined where the database can't be read. */
  roomOf(key: NameKey): RoomRow | null | undefined {
    if (this.#health === "ended") return undefined;
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

  /** Markers that are kept no longer are looked for with the next batch. */
  expireMarkers(): void {
    this.#areMarkersDue = true;
  }

  /** Something is to go, and can: a commit of nothing else would say nothing of a disk that fails. */
  get hasOverdue(): boolean {
    if (this.#health !== "working") return false;
    const isEmptying = this.#opened?.writer.isEmptying === true;
    return this.#overdue.size > 0 || this.#areMarkersDue || isEmptying;
  }

  /** Of how many rooms there may be, how many are taken. */
  get roomsUsed(): RoomTable["used"] {
    return this.#roomsUsed;
  }

  /** Null if nothing of it has happened. `now` is the wall clock, for what has grown too old. */
  commit<T>(batch: readonly WriteRequest<T>[], now: number): Committed<T> | null {
    if (this.#health === "ended") return null;
    const overdue = [...this.#overdue];
    try {
      this.#opened ??= this.#reopen();
      const content = this.#contentOf(this.#opened.db);
      this.#files.checkBefore(content);
      const committed = this.#transact(this.#opened, batch, now);
      this.#files.checkAfter(content);
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

  /** Whether the files are still those that are open; tells of it when they aren't. */
  checkFiles(): void {
    if (this.#opened === null || this.#health === "ended") return;
    try {
      this.#files.checkAll(this.#contentOf(this.#opened.db));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Nothing is read or written from now on. */
  end(why: string, kind: "damaged" | "lost"): void {
    if (this.#health === "ended") return;
    this.#health = "ended";
    this.#events.ended(why, kind);
  }

  close(): void {
    this.#lookUp.close();
    // The last to close a database deletes its write-ahead log, by its path: never that of another database.
    this.checkFiles();
    if (this.#opened === null || this.#health === "ended") return;
    try {
      closeDatabase(this.#opened.db);
    } catch (error) {
      this.#opened.db.close();
      this.#fail(error);
    }
    this.#opened = null;
  }

  #transact<T>(opened: Opened, batch: readonly WriteRequest<T>[], now: number): Committed<T> {
    const { db, rooms, writer, markers } = opened;
    const changes: Change[] = [];
    db.query("BEGIN IMMEDIATE").run();
    writer.goOn(changes);
    const results = batch.map((request) => writer.carryOut(request, changes, now));
    this.#retain(opened, changes, now);
    const areMarkersLeft = this.#areMarkersDue && markers.expire(now) === markerStepRows;
    rooms.save();
    db.query("COMMIT").run();
    this.#areMarkersDue = areMarkersLeft;
    this.#roomsUsed = rooms.used;
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
      // A room that needs another step stands behind the others.
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
    const kind = errorKindOf(error);
    if (kind === "bug") throw error;
    if (kind === "damaged" || kind === "lost") return this.end(why, kind);
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
    const { paths, durability } = this.#options;
    // A volume that has gone leaves an empty directory behind: that is no place to begin anew.
    this.#files.checkMain();
    const { db, identity } = openDatabase(paths.main, durability);
    try {
      this.#files.reopened();
      if (identity !== this.identity) {
        throw new StorageError(`${paths.main} is another database than before`, "lost");
      }
    } catch (error) {
      db.close();
      throw error;
    }
    this.#lookUp.close();
    return this.#use(db);
  }

  #contentOf(db: Database): HeldContent {
    return {
      isDatabaseWhole: () => {
        const reader = openReader(this.#options.paths.main);
        try {
          return findDamage(reader) === null;
        } finally {
          reader.close();
        }
      },
      isWalWhole: (bytes) => {
        const { log } = db.query("PRAGMA wal_checkpoint(NOOP)").get() as { log: number };
        return log === 0 || bytes >= walHeaderBytes + log * walFrameBytes;
      },
    };
  }

  #use(db: Database): Opened {
    const { retention, markers: bounds, roomsMax } = this.#options;
    const rooms = new RoomTable(db, roomsMax);
    const markers = new MarkerWriter(db, bounds);
    const writer = new EntryWriter(db, rooms, markers);
    return { db, rooms, writer, markers, retention: new Retention(db, rooms, retention) };
  }
}
