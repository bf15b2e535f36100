// The store in one directory: takes the lock, reads the files, gathers a turn's changes and writes
// them in the order by which nothing is lost: what waits to be sent, then the drafts, then what is
// done with. A kill between two of them leaves a text in both places, never in none.
// Its interface, and who calls what, is store.ts.

import type { NameKey } from "@maru/protocol/chat";
import type { Unsent } from "@maru/sdk";
import {
  acquireLock,
  type Disk,
  DiskFault,
  LineHistoryFile,
  realDisk,
  systemProcesses,
} from "@maru/tui/files";
import { DraftFile } from "./draft-file.ts";
import { OutboxFile } from "./outbox-file.ts";
import { RoomsFile } from "./rooms-file.ts";
import type { Store, StoreOptions } from "./store.ts";
import {
  type Draft,
  historyEntryBytesMax,
  historyMax,
  type Stored,
  type StoredRooms,
} from "./stored.ts";

type Lock =
  | { readonly state: "held"; readonly release: () => void }
  /** Another client's, for as long as this one runs. */
  | { readonly state: "taken" }
  /** The disk did not say: asked again with each change. */
  | { readonly state: "unknown" };

type Part = DraftFile | LineHistoryFile | OutboxFile | RoomsFile;

const historyBounds = { linesMax: historyMax, lineBytesMax: historyEntryBytesMax };
const guestReason = "you were a guest then; whether it was stored is not known";

export class DirectoryStore implements Store {
  readonly stored: Stored;
  readonly outbox: Store["outbox"];
  readonly #options: StoreOptions;
  readonly #disk: Disk;
  readonly #drafts: DraftFile;
  readonly #history: LineHistoryFile;
  readonly #outbox: OutboxFile;
  readonly #rooms: RoomsFile;
  readonly #fault: DiskFault;
  /** What must be read, as its owner, before any of it is written. */
  readonly #unread = new Set<Part>();
  /** Two stores of one process are two, too. */
  readonly #token = crypto.randomUUID();
  #lock: Lock = { state: "unknown" };
  #isScheduled = false;
  #isClosed = false;

  constructor(options: StoreOptions) {
    const { directory, onProblem, disk = realDisk, now = Date.now } = options;
    this.#options = options;
    this.#disk = disk;
    this.#drafts = new DraftFile(disk, directory);
    this.#history = new LineHistoryFile(disk, directory, historyBounds);
    this.#outbox = new OutboxFile(disk, directory);
    this.#rooms = new RoomsFile(disk, directory);
    this.#fault = new DiskFault((failure) => onProblem(faultText(failure, directory)));
    this.outbox = {
      put: (unsent: Unsent) => this.#change(() => this.#outbox.put(unsent)),
      settle: (cid: string) => this.#change(() => this.#outbox.settle(cid)),
      fail: (cid: string, reason: string) => this.#change(() => this.#fail(cid, reason, now())),
    };
    this.#open();
    if (options.isGuest === true) {
      for (const { cid } of this.#outbox.outbox) this.#fail(cid, guestReason, now());
    }
    this.stored = {
      drafts: this.#drafts.drafts,
      history: [...this.#history.entries],
      outbox: this.#outbox.outbox,
      failed: this.#outbox.failed,
      rooms: this.#rooms.rooms,
    };
    // What was broken is put right at once, and a guest's sends are refused on disk, too.
    if (this.isOwner) this.flush();
    else this.#fault.report();
  }

  get isOwner(): boolean {
    return this.#lock.state === "held" && !this.#isClosed;
  }

  saveDraft(room: NameKey, draft: Draft | null): void {
    this.#change(() => {
      const gone = this.#drafts.change(room, draft);
      if (gone !== null) this.#tell(`Too many drafts: the one in ${gone} is not kept any more.`);
    });
  }

  remember(line: string): void {
    this.#change(() => this.#history.add(line));
  }

  saveRooms(rooms: StoredRooms): void {
    this.#change(() => this.#rooms.change(rooms));
  }

  flush(): void {
    this.#isScheduled = false;
    if (this.#isClosed || this.#lock.state === "taken") return;
    if (this.#own()) this.#writeAll();
    if (this.isOwner || this.#lock.state === "unknown") this.#fault.report();
  }

  #writeAll(): void {
    const isSafe = this.#write(this.#outbox, () => this.#outbox.writeNew());
    this.#write(this.#history, () => this.#history.write());
    const isDrafted = isSafe && this.#write(this.#drafts, () => this.#drafts.write());
    if (isDrafted) this.#write(this.#outbox, () => this.#outbox.writeSettled());
    this.#write(this.#rooms, () => this.#rooms.write());
    this.#tidy(false);
  }

  close(): void {
    if (this.#isClosed) return;
    this.flush();
    const lock = this.#lock;
    if (lock.state === "held") {
      this.#tidy(true);
      this.#fault.attempt(() => lock.release());
    }
    this.#isClosed = true;
  }

  #open(): void {
    if (this.#own()) {
      for (const part of this.#parts) this.#fault.attempt(() => this.#load(part));
      return;
    }
    // The drafts and the outbox of a client that runs are its own.
    const readable = this.#lock.state === "taken" ? [this.#history, this.#rooms] : this.#parts;
    for (const part of readable) this.#fault.attempt(() => void part.load(false));
  }

  get #parts(): Part[] {
    return [this.#outbox, this.#drafts, this.#history, this.#rooms];
  }

  /** Whether the directory is this client's; asks for it where the disk did not say before. */
  #own(): boolean {
    if (this.#lock.state !== "unknown") return this.#lock.state === "held";
    const { directory, processes = systemProcesses } = this.#options;
    this.#fault.attempt(() => {
      this.#disk.makeDirectory(directory);
      const outcome = acquireLock({ disk: this.#disk, directory, processes, token: this.#token });
      if (!outcome.isHeld) return this.#taken(outcome.pid);
      this.#lock = { state: "held", release: outcome.release };
      // Whatever was read before, another client may have written meanwhile.
      for (const part of this.#parts) this.#unread.add(part);
    });
    return this.isOwner;
  }

  #taken(pid: number | null): void {
    this.#lock = { state: "taken" };
    const who = pid === null ? "Another client" : `Another client (process ${pid})`;
    this.#tell(`${who} of the same nick runs: what you type in this one is not kept on disk.`);
  }

  #load(part: Part): void {
    const { isBroken } = part.load(true);
    this.#unread.delete(part);
    if (isBroken) {
      this.#tell(`${part.name} was broken: what could be read is there, the file is put aside.`);
    }
  }

  #write(part: Part, run: () => void): boolean {
    return this.#fault.attempt(() => {
      if (this.#unread.has(part)) this.#load(part);
      run();
    });
  }

  #tidy(isLast: boolean): void {
    for (const part of [this.#outbox, this.#drafts, this.#history]) {
      if (!this.#unread.has(part)) this.#fault.attempt(() => part.tidy(isLast));
    }
  }

  #fail(cid: string, reason: string, atMs: number): void {
    const gone = this.#outbox.fail(cid, reason, atMs);
    if (gone === null) return;
    this.#tell(`Too much was refused: one of it, for ${gone.unsent.room}, is not kept any more.`);
  }

  #change(run: () => void): void {
    if (this.#isClosed || this.#lock.state === "taken") return;
    run();
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const { defer = queueMicrotask } = this.#options;
    defer(() => this.#isScheduled && this.flush());
  }

  #tell(text: string): void {
    this.#options.onProblem(text);
  }
}

function faultText(failure: string | null, directory: string): string {
  if (failure === null) return "What you type is kept on disk again.";
  const then = "It is tried again with each change.";
  return `What you type is not kept on disk: ${failure} (${directory}). ${then}`;
}

/** Never fails: what can't be read or written is told, and the client goes on. */
export function openStore(options: StoreOptions): Store {
  return new DirectoryStore(options);
}
