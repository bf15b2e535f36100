// A directory of files that one process at a time writes: takes the lock, reads each file as its owner
// before any of it is written, and gathers a turn's changes to write them in one go.
// Owns the lock and whether the disk was told of; knows neither what is in the files nor in which order
// they are written so that nothing is lost.

import type { Disk } from "./disk.ts";
import { DiskFault } from "./disk-fault.ts";
import { acquireLock } from "./lock.ts";
import type { ProcessTable } from "./process-table.ts";

export interface OwnedFile {
  readonly name: string;
  /**
   * Reads the file, and puts what was changed meanwhile on top of it. Only its owner finishes what a
   * kill has left half done.
   */
  load(isOwner: boolean): { readonly isBroken: boolean };
  /** Makes it smaller where much of it is no longer true; `isLast`: where anything is. */
  tidy?(isLast: boolean): void;
}

export interface OwnedDirectoryOptions {
  /** Made when it is not there. */
  readonly directory: string;
  readonly disk: Disk;
  readonly processes: ProcessTable;
  /** Runs something at the end of this turn. */
  readonly defer: (run: () => void) => void;
  readonly files: readonly OwnedFile[];
  /** Those of them that are read while another process has the directory. */
  readonly shared: readonly OwnedFile[];
  /** Writes what has changed, each file by `write`, which tells whether the disk took it. */
  readonly writeAll: (write: WriteFile) => void;
  /** Another process has it, for as long as this one runs; null: its pid is not known. */
  readonly onTaken: (pid: number | null) => void;
  readonly onBroken: (file: OwnedFile) => void;
  /** Why the disk takes nothing, once; null: it takes everything again. */
  readonly onFault: (failure: string | null) => void;
}

export type WriteFile = (file: OwnedFile, run: () => void) => boolean;

type Lock =
  | { readonly state: "held"; readonly release: () => void }
  /** Another process has it, for as long as this one runs. */
  | { readonly state: "taken" }
  /** The disk did not say: asked again with each change. */
  | { readonly state: "unknown" };

/** No method throws for what the disk does: that is told by `onFault`. */
export class OwnedDirectory {
  readonly #options: OwnedDirectoryOptions;
  readonly #fault: DiskFault;
  /** What must be read, as its owner, before any of it is written. */
  readonly #unread = new Set<OwnedFile>();
  /** Two of one process are two, too. */
  readonly #token = crypto.randomUUID();
  #lock: Lock = { state: "unknown" };
  #isScheduled = false;
  #isClosed = false;

  constructor(options: OwnedDirectoryOptions) {
    this.#options = options;
    this.#fault = new DiskFault(options.onFault);
  }

  get isOwner(): boolean {
    return this.#lock.state === "held" && !this.#isClosed;
  }

  /** Takes the lock and reads the files: once, before anything is changed. */
  open(): void {
    const { files, shared } = this.#options;
    if (this.#own()) {
      for (const file of files) this.#fault.attempt(() => this.#load(file));
      return;
    }
    const readable = this.#lock.state === "taken" ? shared : files;
    for (const file of readable) this.#fault.attempt(() => void file.load(false));
  }

  /** `run` changes files in memory; at the end of the turn they are written. Of another's: nothing. */
  change(run: () => void): void {
    if (this.#isClosed || this.#lock.state === "taken") return;
    run();
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#options.defer(() => this.#isScheduled && this.flush());
  }

  /** Writes now what this turn has changed. */
  flush(): void {
    this.#isScheduled = false;
    if (this.#isClosed || this.#lock.state === "taken") return;
    if (this.#own()) {
      this.#options.writeAll((file, run) => this.#write(file, run));
      this.#tidy(false);
    }
    if (this.isOwner || this.#lock.state === "unknown") this.report();
  }

  /** Tells what has changed of the disk since it was last told. */
  report(): void {
    this.#fault.report();
  }

  /** Writes, makes the files small and lets others have the directory. */
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

  /** Whether it is this process's; asks for it where the disk did not say before. */
  #own(): boolean {
    if (this.#lock.state !== "unknown") return this.#lock.state === "held";
    const { directory, disk, processes, files, onTaken } = this.#options;
    this.#fault.attempt(() => {
      disk.makeDirectory(directory);
      const outcome = acquireLock({ disk, directory, processes, token: this.#token });
      if (!outcome.isHeld) {
        this.#lock = { state: "taken" };
        return onTaken(outcome.pid);
      }
      this.#lock = { state: "held", release: outcome.release };
      // Whatever was read before, another process may have written meanwhile.
      for (const file of files) this.#unread.add(file);
    });
    return this.isOwner;
  }

  #load(file: OwnedFile): void {
    const { isBroken } = file.load(true);
    this.#unread.delete(file);
    if (isBroken) this.#options.onBroken(file);
  }

  #write(file: OwnedFile, run: () => void): boolean {
    return this.#fault.attempt(() => {
      if (this.#unread.has(file)) this.#load(file);
      run();
    });
  }

  #tidy(isLast: boolean): void {
    for (const file of this.#options.files) {
      if (!this.#unread.has(file)) this.#fault.attempt(() => file.tidy?.(isLast));
    }
  }
}
