// The files of a running log, as its paths have to find them: a database that was removed, replaced
// or cut short takes what is written to it along, unnoticed until the next start.
// Owns which file each path had when it was opened; never opens or changes one.

import { realpathSync, statSync } from "node:fs";
import { StorageError } from "./storage-error.ts";

/** A file by its device and number on it, and its size when it was last looked at; bytes. */
interface HeldFile {
  readonly path: string;
  readonly dev: number;
  readonly ino: number;
  size: number;
}

/**
 * Asked only where a file has become shorter: outsiders may do that by SQLite's own means (VACUUM, a
 * checkpoint), and nothing is missing then.
 */
export interface HeldContent {
  isDatabaseWhole(): boolean;
  isWalWhole(bytes: number): boolean;
}

export interface HeldPaths {
  readonly main: string;
  readonly lock: string;
}

/** Every check throws StorageError: `lost`, or `failing` where the system doesn't tell. */
export class HeldFiles {
  readonly #main: HeldFile;
  readonly #lock: HeldFile;
  #wal: HeldFile;
  #shm: HeldFile;

  /** To be made while the database is open, its write-ahead log is there and the lock is held. */
  constructor({ main, lock }: HeldPaths) {
    this.#main = hold(main);
    this.#lock = hold(lock);
    [this.#wal, this.#shm] = holdBeside(main);
  }

  /** The database was closed and is open again: SQLite may have made the files beside it anew. */
  reopened(): void {
    this.checkMain();
    [this.#wal, this.#shm] = holdBeside(this.#main.path);
  }

  /** Before the database is opened once more. */
  checkMain(): void {
    find(this.#main);
    find(this.#lock);
  }

  /** Before a transaction: no other server writes here, and the write-ahead log was not cut. */
  checkBefore(content: HeldContent): void {
    find(this.#lock);
    const bytes = find(this.#wal);
    if (bytes < this.#wal.size && !content.isWalWhole(bytes)) throw cutShort(this.#wal);
    this.#wal.size = bytes;
  }

  /** After a transaction, before it is acknowledged: what it wrote is where it will be looked for. */
  checkAfter(content: HeldContent): void {
    const bytes = find(this.#main);
    // SQLite takes an empty file for a new database, and deletes the write-ahead log beside it.
    const isCut = bytes < this.#main.size && (bytes === 0 || !content.isDatabaseWhole());
    if (isCut) throw cutShort(this.#main);
    this.#main.size = bytes;
    this.#wal.size = find(this.#wal);
  }

  /** Now and then, also while nothing is written. */
  checkAll(content: HeldContent): void {
    this.checkBefore(content);
    this.checkAfter(content);
    find(this.#shm);
  }
}

function hold(path: string): HeldFile {
  const { dev, ino, size } = statSync(path);
  return { path, dev, ino, size };
}

/** SQLite has them beside the database itself, also where the path to that is a link. */
function holdBeside(main: string): [HeldFile, HeldFile] {
  const path = realpathSync(main);
  return [hold(`${path}-wal`), hold(`${path}-shm`)];
}

/** The size of what is at the path now, if that is the file that was held. */
function find({ path, dev, ino }: HeldFile): number {
  const found = look(path);
  if (found === undefined) throw new StorageError(`${path} was removed or moved`, "lost");
  if (found.dev !== dev || found.ino !== ino) {
    throw new StorageError(`${path} was replaced by another file`, "lost");
  }
  return found.size;
}

function look(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code === "ENOTDIR") return undefined;
    throw new StorageError(`can't look at ${path}: ${message}`);
  }
}

function cutShort({ path }: HeldFile): StorageError {
  return new StorageError(`${path} was cut short`, "lost");
}
