// The store in one directory: its files, and the order in which a turn's changes are written so that
// nothing is lost: what waits to be sent, then the drafts, then what is done with. A kill between two
// of them leaves a text in both places, never in none. Its interface, and who calls what, is store.ts.

import type { NameKey } from "@maru/protocol/chat";
import type { Unsent } from "@maru/sdk/chat";
import {
  LineHistoryFile,
  OwnedDirectory,
  realDisk,
  systemProcesses,
  type WriteFile,
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

const historyBounds = { linesMax: historyMax, lineBytesMax: historyEntryBytesMax };
const guestReason = "you were a guest then; whether it was stored is not known";

export class DirectoryStore implements Store {
  readonly stored: Stored;
  readonly outbox: Store["outbox"];
  readonly #tell: (text: string) => void;
  readonly #drafts: DraftFile;
  readonly #history: LineHistoryFile;
  readonly #outbox: OutboxFile;
  readonly #rooms: RoomsFile;
  readonly #directory: OwnedDirectory;

  constructor(options: StoreOptions) {
    const { directory, onProblem, disk = realDisk, now = Date.now } = options;
    const { processes = systemProcesses, defer = queueMicrotask } = options;
    this.#tell = onProblem;
    this.#drafts = new DraftFile(disk, directory);
    this.#history = new LineHistoryFile(disk, directory, historyBounds);
    this.#outbox = new OutboxFile(disk, directory);
    this.#rooms = new RoomsFile(disk, directory);
    this.#directory = new OwnedDirectory({
      directory,
      disk,
      processes,
      defer,
      files: [this.#outbox, this.#drafts, this.#history, this.#rooms],
      // The drafts and the outbox of a client that runs are its own.
      shared: [this.#history, this.#rooms],
      writeAll: (write) => this.#writeAll(write),
      onTaken: (pid) => onProblem(takenText(pid)),
      onBroken: ({ name }) =>
        onProblem(`${name} was broken: what could be read is there, the file is put aside.`),
      onFault: (failure) => onProblem(faultText(failure, directory)),
    });
    const change = (run: () => void) => this.#directory.change(run);
    this.outbox = {
      put: (unsent: Unsent) => change(() => this.#outbox.put(unsent)),
      settle: (cid: string) => change(() => this.#outbox.settle(cid)),
      fail: (cid: string, reason: string) => change(() => this.#fail(cid, reason, now())),
    };
    this.#directory.open();
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
    else this.#directory.report();
  }

  get isOwner(): boolean {
    return this.#directory.isOwner;
  }

  saveDraft(room: NameKey, draft: Draft | null): void {
    this.#directory.change(() => {
      const gone = this.#drafts.change(room, draft);
      if (gone !== null) this.#tell(`Too many drafts: the one in ${gone} is not kept any more.`);
    });
  }

  remember(line: string): void {
    this.#directory.change(() => this.#history.add(line));
  }

  saveRooms(rooms: StoredRooms): void {
    this.#directory.change(() => this.#rooms.change(rooms));
  }

  flush(): void {
    this.#directory.flush();
  }

  close(): void {
    this.#directory.close();
  }

  #writeAll(write: WriteFile): void {
    const isSafe = write(this.#outbox, () => this.#outbox.writeNew());
    write(this.#history, () => this.#history.write());
    const isDrafted = isSafe && write(this.#drafts, () => this.#drafts.write());
    if (isDrafted) write(this.#outbox, () => this.#outbox.writeSettled());
    write(this.#rooms, () => this.#rooms.write());
  }

  #fail(cid: string, reason: string, atMs: number): void {
    const gone = this.#outbox.fail(cid, reason, atMs);
    if (gone === null) return;
    this.#tell(`Too much was refused: one of it, for ${gone.unsent.room}, is not kept any more.`);
  }
}

function takenText(pid: number | null): string {
  const who = pid === null ? "Another client" : `Another client (process ${pid})`;
  return `${who} of the same nick runs: what you type in this one is not kept on disk.`;
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
