// What the log has done on other threads: reading that would stall the hub's, and the upkeep of the
// files. Owns the list of tasks and what runs them; who has how many threads is the caller's.

import type { Database } from "bun:sqlite";
import type { SearchRequest } from "../room-log.ts";
import { dataFiles } from "./data-directory.ts";
import { type EntryRow, entryOf } from "./entry-row.ts";
import { findOverdue, type OverdueAnswer, type OverdueQuestion } from "./find-overdue.ts";
import { findDamage, openKeeper, openReader } from "./open-database.ts";
import { type PageAnswer, type PageQuestion, readEntries } from "./read-entries.ts";
import { type InboxAnswer, type InboxQuestion, readInbox } from "./read-inbox.ts";
import type { Found } from "./search/search-entries.ts";
import { SearchIndexer } from "./search/search-indexer.ts";
import { SearchReader } from "./search/search-reader.ts";
import { codeOf, type ErrorKind, errorKindOf } from "./storage-error.ts";

/** Each task's question and answer: plain data, which crosses threads as it is. */
export interface LogTaskTypes {
  page: { question: PageQuestion; answer: PageAnswer };
  search: { question: SearchRequest; answer: { found: Found; damagedIndex: bigint | null } };
  inbox: { question: InboxQuestion; answer: InboxAnswer };
  overdue: { question: OverdueQuestion; answer: OverdueAnswer };
  index: { question: { rooms: readonly number[]; entriesMax: number }; answer: IndexAnswer };
  "index-damaged": { question: bigint; answer: null };
  checkpoint: { question: null; answer: { frames: number } };
  verify: { question: null; answer: { problem: string | null } };
}
export interface IndexAnswer {
  readonly indexed: number;
  readonly isBehind: boolean;
  readonly rebuilt: boolean;
  /** Nothing is behind, and the index can still be made faster to search. */
  readonly isUntidy: boolean;
}
export type LogTaskKind = keyof LogTaskTypes;
/** No session's number: what the log does of itself. */
export const upkeepAsker = -1;
export type LogTask = {
  [K in LogTaskKind]: { readonly kind: K; readonly question: LogTaskTypes[K]["question"] };
}[LogTaskKind];

/** How a task ended; an error has no form of its own between threads. */
export type LogTaskOutcome =
  | { readonly ok: true; readonly answer: LogTaskTypes[LogTaskKind]["answer"] }
  | { readonly ok: false; readonly kind: ErrorKind; readonly code: string; readonly why: string };

/** Lanes of the tasks that read: pages go before searches, and those before all else. */
const lanes: Partial<Record<LogTaskKind, number>> = { page: 0, search: 1 };
export const taskLanes = 3;

export function laneOf({ kind }: LogTask): number {
  return lanes[kind] ?? taskLanes - 1;
}

/** Threads for the tasks: some that read, one that keeps the index and the files, one for a while. */
export interface LogTaskThreads {
  /**
   * By lanes (`laneOf`), in each lane the askers in turn; rejects when too many wait. The asker is a
   * session, or `upkeepAsker`.
   */
  read(task: LogTask, asker: number): Promise<LogTaskOutcome>;
  keep(task: LogTask): Promise<LogTaskOutcome>;
  /** For a task of seconds, on a thread that ends with it. */
  readThrough(task: LogTask): Promise<LogTaskOutcome>;
  stop(): Promise<void>;
}

/** What a thread is made with: plain data. */
export interface LogRunnerData {
  readonly directory: string;
  readonly identity: string;
}

/** Runs tasks, one at a time; opens what they need when they first need it. */
export class LogTaskRunner {
  readonly #data: LogRunnerData;
  #reader: Database | null = null;
  #keeper: Database | null = null;
  #search: SearchReader | null = null;
  #indexer: SearchIndexer | null = null;
  #damagedIndex: bigint | null = null;

  constructor(data: LogRunnerData) {
    this.#data = data;
  }

  run(task: LogTask): LogTaskOutcome {
    try {
      return { ok: true, answer: this.#run(task) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { ok: false, kind: errorKindOf(error), code: codeOf(error), why };
    }
  }

  close(): void {
    this.#search?.close();
    this.#indexer?.close();
    this.#reader?.close();
    this.#keeper?.close();
  }

  #run(task: LogTask): LogTaskTypes[LogTaskKind]["answer"] {
    switch (task.kind) {
      case "page":
        return readEntries(this.#main(), task.question);
      case "search":
        return this.#find(task.question);
      case "inbox":
        return readInbox(this.#main(), this.#data.identity, task.question);
      case "overdue":
        return findOverdue(this.#main(), task.question);
      case "index":
        return this.#index(task.question);
      case "index-damaged":
        this.#indexerOf().reportDamage(task.question);
        return null;
      case "checkpoint":
        return this.#checkpoint();
      case "verify":
        return { problem: verify(this.#main()) };
    }
  }

  #main(): Database {
    this.#reader ??= openReader(this.#files().main);
    return this.#reader;
  }

  #find(question: SearchRequest): LogTaskTypes["search"]["answer"] {
    this.#search ??= new SearchReader({
      main: this.#main(),
      path: this.#files().search,
      identity: this.#data.identity,
      onDamage: (file) => {
        this.#damagedIndex = file;
      },
    });
    this.#damagedIndex = null;
    const found = this.#search.search(question);
    return { found, damagedIndex: this.#damagedIndex };
  }

  #indexerOf(): SearchIndexer {
    const { search } = this.#files();
    this.#indexer ??= new SearchIndexer(this.#main(), search, this.#data.identity);
    return this.#indexer;
  }

  #index({ rooms, entriesMax }: LogTaskTypes["index"]["question"]): IndexAnswer {
    const indexer = this.#indexerOf();
    indexer.note(rooms);
    let indexed = 0;
    for (;;) {
      const step = indexer.step();
      indexed += step.indexed;
      const isEnough = indexed >= entriesMax || step.indexed === 0;
      if (!step.isBehind) return { ...step, indexed, isUntidy: indexer.tidy() };
      if (isEnough) return { ...step, indexed, isUntidy: true };
    }
  }

  /** Moves what no reader needs from the write-ahead log into the database; the writer goes on. */
  #checkpoint(): { frames: number } {
    this.#keeper ??= openKeeper(this.#files().main);
    const row = this.#keeper.query("PRAGMA wal_checkpoint(PASSIVE)").get() as { log: number };
    return { frames: row.log };
  }

  #files() {
    return dataFiles(this.#data.directory);
  }
}

/** Rows of one reading. */
const verifyRows = 5_000;

/** Reads everything: the structure, and every row against its checksum. */
export function verify(db: Database): string | null {
  const damage = findDamage(db);
  if (damage !== null) return damage;
  // A piece at a time: as long as a reading lasts, the write-ahead log can't begin anew.
  const sql = "SELECT * FROM entry WHERE id > ? ORDER BY id LIMIT ?";
  for (let last = 0; ; ) {
    const rows = db.query<EntryRow, [number, number]>(sql).all(last, verifyRows);
    for (const row of rows) entryOf(row, "");
    if (rows.length < verifyRows) return null;
    last = rows.at(-1)?.id ?? last;
  }
}
