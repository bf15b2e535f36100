// What keeps the files in shape behind the commits: the search index follows, the write-ahead log
// goes into the database, what is kept no longer is found. Owns when; another thread does it.

import { startTimer } from "@maru/protocol";
import type { NameKey } from "@maru/protocol/chat";
import type { Answered } from "./ask-tasks.ts";
import type { LogTaskKind, LogTaskTypes } from "./log-tasks.ts";
import { keepsAll, type RetentionBounds } from "./retention-bounds.ts";
import type { RoomRow } from "./room-table.ts";

export interface UpkeepPort {
  keep<K extends LogTaskKind>(kind: K, question: LogTaskTypes[K]["question"]): Promise<Answered<K>>;
  read<K extends LogTaskKind>(kind: K, question: LogTaskTypes[K]["question"]): Promise<Answered<K>>;
  /** Rooms that keep more than they should. */
  overdue(rooms: readonly NameKey[]): void;
  /**
   * The write-ahead log had this many frames, and they have been moved. It begins anew only when
   * nothing came meanwhile: under load the writer has to move the rest itself.
   */
  moved(frames: number): void;
  /** A step through the markers, for those that are kept no longer. */
  expireMarkers(): void;
  /** Whether the files are still those that are open. */
  checkFiles(): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Steps of the index: entries of one, which take about 35 µs each, and the pause behind it. */
const indexPaces = {
  quiet: { entriesMax: 2_000, pauseMs: 0 },
  /** More than `busyRate` entries are committed a second: a fifth of a core keeps up with them. */
  busy: { entriesMax: 2_000, pauseMs: 250 },
  /** More than `floodRate`: nothing keeps up, and what the index takes would be taken from the flood. */
  flooded: { entriesMax: 500, pauseMs: 1_000 },
} as const;
/**
 * What comes within this time is indexed together: a step of one entry costs nearly as much as one of
 * fifty. No search waits for it, because a search reads what is not indexed yet.
 */
const gatherMs = 100;
const busyRate = 2_000;
const floodRate = 20_000;
/** Between two steps that only make the index faster to search. */
const tidyMs = 100;
/** The write-ahead log is moved so often, if there is anything in it. */
const checkpointMs = 1_000;
/** What was committed longer ago than it is to be kept is looked for so often. */
const retentionMs = 60_000;
/** Between two parts of such a look. */
const lookMs = 20;
/** The files are looked after so often while nothing is written; a commit does it itself. */
const checkFilesMs = 1_000;

export class Upkeep {
  readonly #port: UpkeepPort;
  readonly #retention: RetentionBounds;
  readonly #unindexed = new Set<number>();
  readonly #timers = new Set<() => void>();
  #isIndexing = false;
  #isCheckpointDue = false;
  /** Entries since the last step of the index, and when that was. */
  #committed = 0;
  #steppedAtMs = performance.now();
  #isClosed = false;

  constructor(port: UpkeepPort, retention: RetentionBounds) {
    this.#port = port;
    this.#retention = retention;
  }

  /** What an earlier process left behind; to be called once. */
  start(): void {
    this.#indexSoon(0);
    this.#checkpointSoon();
    this.#checkFiles();
    this.#expireMarkers();
    this.#retain();
  }

  /** After each commit that changed rooms. */
  committed(rooms: readonly RoomRow[], entries: number): void {
    for (const { id } of rooms) this.#unindexed.add(id);
    this.#committed += entries;
    if (!this.#isIndexing) this.#indexSoon(gatherMs);
    this.#checkpointSoon();
  }

  /** A search has found the index behind, or gone: it follows, also while nothing is committed. */
  indexBehind(): void {
    if (!this.#isIndexing) this.#indexSoon(gatherMs);
  }

  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#timers) cancel();
  }

  #indexSoon(waitMs: number): void {
    this.#isIndexing = true;
    this.#later(waitMs, () => void this.#index());
  }

  async #index(): Promise<void> {
    const rooms = [...this.#unindexed];
    this.#unindexed.clear();
    const { entriesMax, pauseMs } = indexPaces[this.#load()];
    const answered = await this.#port.keep("index", { rooms, entriesMax });
    if (this.#isClosed) return;
    if (!answered.ok) {
      for (const room of rooms) this.#unindexed.add(room);
      this.#indexSoon(answered.retryAfterMs);
      return;
    }
    const { isBehind, isUntidy } = answered.answer;
    if (isBehind) this.#indexSoon(pauseMs);
    else if (this.#unindexed.size > 0) this.#indexSoon(Math.max(pauseMs, gatherMs));
    else if (isUntidy) this.#indexSoon(tidyMs);
    else this.#isIndexing = false;
  }

  #load(): keyof typeof indexPaces {
    const nowMs = performance.now();
    const perSecond = (this.#committed * 1_000) / Math.max(1, nowMs - this.#steppedAtMs);
    // After a quiet time, one burst says nothing yet.
    const isBurst = this.#committed < busyRate;
    this.#committed = 0;
    this.#steppedAtMs = nowMs;
    if (isBurst || perSecond < busyRate) return "quiet";
    return perSecond < floodRate ? "busy" : "flooded";
  }

  #checkpointSoon(): void {
    if (this.#isCheckpointDue) return;
    this.#isCheckpointDue = true;
    this.#later(checkpointMs, () => void this.#checkpoint());
  }

  async #checkpoint(): Promise<void> {
    this.#isCheckpointDue = false;
    const answered = await this.#port.keep("checkpoint", null);
    if (this.#isClosed || !answered.ok) return;
    this.#port.moved(answered.answer.frames);
  }

  #expireMarkers(): void {
    this.#port.expireMarkers();
    this.#later(retentionMs, () => this.#expireMarkers());
  }

  #checkFiles(): void {
    this.#later(checkFilesMs, () => {
      this.#port.checkFiles();
      this.#checkFiles();
    });
  }

  /** `after`: the room up to which was looked; `isFound`: whether one of those keeps too much. */
  async #retain(after = 0, isFound = false): Promise<void> {
    if (keepsAll(this.#retention)) return;
    const question = { bounds: this.#retention, now: this.#port.now(), after };
    const answered = await this.#port.read("overdue", question);
    if (this.#isClosed) return;
    const { rooms, next } = answered.ok ? answered.answer : { rooms: [], next: null };
    this.#port.overdue(rooms);
    const isFoundNow = isFound || rooms.length > 0;
    if (next !== null) this.#later(lookMs, () => void this.#retain(next, isFoundNow));
    else this.#later(isFoundNow ? checkpointMs : retentionMs, () => void this.#retain());
  }

  #later(ms: number, run: () => void): void {
    if (this.#isClosed) return;
    const due = () => {
      this.#timers.delete(cancel);
      run();
    };
    const cancel = startTimer(ms, due, { isBackground: true });
    this.#timers.add(cancel);
  }
}
