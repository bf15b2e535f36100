// The room log in SQLite: the default. One writer on this thread and one transaction a tick, so that
// what arrives during a commit is the next batch; pages from memory or from other threads.

import { startTimer } from "@maru/protocol";
import type { CreateRoomLog, LogRequest, LogResult, RoomLog } from "../room-log.ts";
import { type Answered, ask } from "./ask-tasks.ts";
import { dataFiles, holdDirectory } from "./data-directory.ts";
import { epochOf } from "./epoch.ts";
import {
  type LogTaskKind,
  type LogTaskOutcome,
  type LogTaskThreads,
  type LogTaskTypes,
  upkeepAsker,
} from "./log-tasks.ts";
import { RecentEntries } from "./recent-entries.ts";
import { RoomReads } from "./room-reads.ts";
import { roomsMax as idsMax } from "./schema.ts";
import { markerBoundsOf, retentionOf, type SqliteSettings } from "./settings.ts";
import { spokenOf } from "./spoken-bits.ts";
import { retryMs, Storage, type WriteRequest, walFrameBytes } from "./storage.ts";
import { RoomsFilling, TaskHealth } from "./told-once.ts";
import { Upkeep } from "./upkeep.ts";

export interface SqliteLogOptions extends SqliteSettings {
  /** Made if it isn't there. One process has it at a time. */
  readonly directory: string;
  /** `fsync`: a commit is on the disk. `os`: it is with the system, and survives the process alone. */
  readonly durability: "fsync" | "os";
  /** Rooms that the database may have; no more than its numbers are enough for, which is the default. */
  readonly roomsMax?: number;
  /** Threads for what would stall this one; stopped with the log. */
  readonly startThreads: (identity: string) => LogTaskThreads;
  /** What has changed about the files and the tasks, each state once; docs/operations.md lists it. */
  readonly report: (
    level: "info" | "warn" | "error",
    event: string,
    fields: Record<string, string | number>,
  ) => void;
  /** Told of the rooms in the database, at the start and when there are more. */
  readonly onRooms?: (used: { readonly rooms: number; readonly max: number }) => void;
  /** Nothing is answered from the database any more; a sentence for the operator. */
  readonly onEnded: (sentence: string, kind: "damaged" | "lost") => void;
  /** Wall clock, milliseconds since 1970. */
  readonly now?: () => number;
}

const noRoom = { head: 0, topic: "" };
/** Between two steps of dropping what is kept no longer. */
const retentionStepMs = 10;

/** Throws StorageError, with a sentence for the operator, if the data can't be used. */
export function createSqliteLog<T>(options: SqliteLogOptions): CreateRoomLog<T> {
  return (deliver) => new SqliteLog(options, deliver);
}

class SqliteLog<T> implements RoomLog<T> {
  readonly durability;
  readonly #options: SqliteLogOptions;
  readonly #deliver: (result: LogResult<T>) => void;
  readonly #hold: { release: () => void };
  readonly #storage: Storage;
  readonly #threads: LogTaskThreads;
  readonly #recent: RecentEntries;
  readonly #reads: RoomReads<T>;
  readonly #upkeep: Upkeep;
  readonly #taskHealth: TaskHealth;
  readonly #roomsFilling: RoomsFilling;
  readonly #now: () => number;
  #batch: WriteRequest<T>[] = [];
  /** Questions for other threads: asked after the commit of their tick, so that they see it. */
  readonly #asking: (() => void)[] = [];
  #isClosed = false;
  /** In the database, as they were last told. */
  #rooms = -1;
  #cancelRetaining: (() => void) | null = null;

  constructor(options: SqliteLogOptions, deliver: (result: LogResult<T>) => void) {
    this.#options = options;
    this.durability = options.durability;
    this.#now = options.now ?? Date.now;
    this.#deliver = (result) => {
      if (!this.#isClosed) deliver(result);
    };
    this.#taskHealth = new TaskHealth((...event) => {
      if (!this.#isClosed) options.report(...event);
    });
    this.#hold = holdDirectory(options.directory);
    try {
      this.#storage = this.#openStorage();
    } catch (error) {
      this.#hold.release();
      throw error;
    }
    this.#roomsFilling = new RoomsFilling(options.report);
    const { removedRooms } = this.#storage;
    if (removedRooms > 0) options.report("info", "storage.rooms-removed", { rooms: removedRooms });
    this.#noteRooms();
    this.#threads = options.startThreads(this.#storage.identity);
    this.#recent = new RecentEntries(options);
    this.#reads = new RoomReads(this.#readsPort(), this.#recent, options);
    this.#upkeep = new Upkeep(this.#upkeepPort(), retentionOf(options));
    this.#upkeep.start();
    // What an earlier process has begun to empty.
    if (this.#storage.hasOverdue) this.#retainSoon();
    void this.#verify();
  }

  submit(request: LogRequest<T>): void {
    switch (request.kind) {
      case "append":
      case "recall":
      case "mark":
        this.#batch.push(request);
        return;
      case "open":
        return this.#open(request);
      case "read":
        return this.#reads.submit(request);
      case "search":
      case "inbox":
        this.#asking.push(() => void this.#ask(request));
        return;
    }
  }

  commit(): void {
    if (this.#isClosed) return;
    const batch = this.#batch;
    this.#batch = [];
    const waitMs = this.#storage.waitMs(performance.now());
    if (waitMs > 0) for (const { tag } of batch) this.#refuse(tag, waitMs);
    else if (batch.length > 0 || this.#storage.hasOverdue) this.#commit(batch);
    this.#reads.flush();
    for (const put of this.#asking.splice(0)) put();
  }

  async close(): Promise<void> {
    this.commit();
    this.#isClosed = true;
    this.#upkeep.close();
    this.#cancelRetaining?.();
    await this.#threads.stop();
    this.#storage.close();
    this.#hold.release();
  }

  #commit(batch: readonly WriteRequest<T>[]): void {
    const committed = this.#storage.commit(batch, this.#now());
    if (committed === null) {
      // What of it is on the disk is unknown: what is read from now on is read from there.
      this.#recent.clear();
      for (const { tag } of batch) this.#refuse(tag, retryMs);
      return;
    }
    for (const change of committed.changes) this.#recent.apply(change);
    for (const { key, first } of committed.rooms) this.#recent.dropBelow(key, first);
    this.#upkeep.committed(committed.rooms, committed.changes.length);
    this.#noteRooms();
    if (this.#storage.hasOverdue) this.#retainSoon();
    for (const result of committed.results) this.#deliver(result);
  }

  #noteRooms(): void {
    const { roomsUsed } = this.#storage;
    if (roomsUsed.rooms === this.#rooms) return;
    this.#rooms = roomsUsed.rooms;
    this.#roomsFilling.note(roomsUsed);
    this.#options.onRooms?.(roomsUsed);
  }

  /** What is kept no longer goes on going while nothing is appended. */
  #retainSoon(): void {
    if (this.#cancelRetaining !== null || this.#isClosed) return;
    const due = () => {
      this.#cancelRetaining = null;
      this.commit();
    };
    this.#cancelRetaining = startTimer(retentionStepMs, due, { isBackground: true });
  }

  #open({ room: key, tag }: Extract<LogRequest<T>, { kind: "open" }>): void {
    const room = this.#storage.roomOf(key);
    if (room === undefined) return this.#refuse(tag, retryMs);
    const { head, topic, generation } = room ?? { ...noRoom, generation: this.#storage.generation };
    const epoch = epochOf(this.#storage.identity, key, generation);
    const spoken = spokenOf(room?.spoken ?? 0, key);
    this.#deliver({ kind: "opened", tag, epoch, head, topic, spoken });
  }

  async #ask(request: Extract<LogRequest<T>, { kind: "search" | "inbox" }>): Promise<void> {
    const { tag, ...question } = request;
    if (question.kind === "inbox") {
      const answered = await this.#read("inbox", question, request.asker);
      if (answered.ok) this.#deliver({ kind: "inbox", tag, ...answered.answer });
      else this.#deliver({ ...answered, kind: "refused", tag });
      return;
    }
    const answered = await this.#read("search", { ...question, tag: null }, request.asker);
    if (!answered.ok) return this.#deliver({ ...answered, kind: "refused", tag });
    const { found, damagedIndex } = answered.answer;
    if (damagedIndex !== null) void this.#keep("index-damaged", damagedIndex);
    if (found.indexing) this.#upkeep.indexBehind();
    this.#deliver({ kind: "found", tag, ...found });
  }

  #refuse(tag: T, retryAfterMs: number): void {
    this.#deliver({ kind: "refused", tag, code: "storage_unavailable", retryAfterMs });
  }

  /** Reads everything once, row by row: the start would take too long for it. */
  async #verify(): Promise<void> {
    const answered = await this.#answer(this.#threads.readThrough, "verify", null);
    const problem = answered.ok ? answered.answer.problem : null;
    if (problem !== null) this.#storage.end(problem, "damaged");
  }

  #read<K extends LogTaskKind>(kind: K, question: LogTaskTypes[K]["question"], asker: number) {
    return this.#answer((task) => this.#threads.read(task, asker), kind, question);
  }

  #keep<K extends LogTaskKind>(kind: K, question: LogTaskTypes[K]["question"]) {
    return this.#answer(this.#threads.keep, kind, question);
  }

  async #answer<K extends LogTaskKind>(
    run: LogTaskThreads["keep"],
    kind: K,
    question: LogTaskTypes[K]["question"],
  ): Promise<Answered<K>> {
    const answered = await ask(run, kind, question, (failure) => this.#failed(kind, failure));
    if (answered.ok) this.#taskHealth.answered(kind);
    return answered;
  }

  #failed(kind: LogTaskKind, failure: Extract<LogTaskOutcome, { ok: false }>): void {
    if (this.#isClosed) return;
    if (failure.kind === "damaged") this.#storage.end(failure.why, "damaged");
    else this.#taskHealth.failed(kind, failure);
  }

  #openStorage(): Storage {
    const { directory, durability, report, onEnded } = this.#options;
    const { roomsMax = idsMax } = this.#options;
    const paths = dataFiles(directory);
    const retention = retentionOf(this.#options);
    const markers = markerBoundsOf(this.#options);
    return new Storage(
      { paths, durability, retention, markers, roomsMax },
      {
        failing: (code, why) => report("error", "storage.unavailable", { code, why }),
        recovered: () => report("info", "storage.recovered", {}),
        ended: (why, kind) => {
          report("error", `storage.${kind}`, { path: paths.main, why });
          onEnded(endSentence(directory, why, kind), kind);
        },
      },
    );
  }

  #readsPort(): ConstructorParameters<typeof RoomReads<T>>[0] {
    return {
      roomOf: (key) => this.#storage.roomOf(key),
      page: (question, asker) => this.#read("page", question, asker),
      deliver: (result) => this.#deliver(result),
    };
  }

  #upkeepPort(): ConstructorParameters<typeof Upkeep>[0] {
    return {
      keep: (kind, question) => this.#keep(kind, question),
      read: (kind, question) => this.#read(kind, question, upkeepAsker),
      overdue: (rooms) => {
        this.#storage.overdue(rooms);
        if (rooms.length > 0) this.#retainSoon();
      },
      moved: (frames) => {
        if (frames * walFrameBytes > this.#options.walBytes) this.#storage.checkpoint();
      },
      expireMarkers: () => {
        if (this.#options.keepMarkerDays === 0) return;
        this.#storage.expireMarkers();
        this.#retainSoon();
      },
      checkFiles: () => this.#storage.checkFiles(),
      now: this.#now,
    };
  }
}

function endSentence(directory: string, why: string, kind: "damaged" | "lost"): string {
  if (kind !== "lost") return `the data in ${directory} is damaged (${why}): stopped`;
  return `${why} while the server was running: nothing is acknowledged any more, and the server ends; put the files back, or a backup, into ${directory} and start again`;
}
