// The directory of a room log: which files are in it, and that one process has it at a time.

import { Database } from "bun:sqlite";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { codeOf, StorageError } from "./storage-error.ts";

export interface DataFiles {
  readonly main: string;
  /** The full-text index: can be deleted at any time, and is made anew. */
  readonly search: string;
  /** Held for as long as a server uses the directory. */
  readonly lock: string;
}

export function dataFiles(directory: string): DataFiles {
  const at = (name: string) => join(directory, name);
  return { main: at("maru.db"), search: at("search.db"), lock: at("lock") };
}

/**
 * Makes the directory and holds it until `release`. The lock is SQLite's own on a file without data:
 * the system lets go of it with the process, however that ends.
 */
export function holdDirectory(directory: string): { release: () => void } {
  const foreign = foreignFiles(directory);
  if (foreign.length > 0) throw new StorageError(foreignText(directory, foreign));
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const lock = new Database(dataFiles(directory).lock, { create: true });
    try {
      lock.run("PRAGMA locking_mode = EXCLUSIVE");
      lock.run("BEGIN EXCLUSIVE");
    } catch (error) {
      lock.close();
      throw error;
    }
    return { release: () => lock.close() };
  } catch (error) {
    throw new StorageError(problemWith(directory, error));
  }
}

/** What a server makes there, and what a file system puts into an empty one. */
const ownFile = /^(maru\.db|search\.db|lock)(-(wal|shm|journal))?$|^lost\+found$/;
/** Names that are shown. */
const shownMax = 3;

/**
 * The files of others in a directory that holds no log; none where there is one. A log in a
 * folder of other things would be backed up, moved and deleted with them.
 */
function foreignFiles(directory: string): string[] {
  try {
    const names = readdirSync(directory);
    // Of a write-ahead log without its database, opening that says more.
    if (names.includes("maru.db") || names.includes("maru.db-wal")) return [];
    return names.filter((name) => !ownFile.test(name)).sort();
  } catch {
    // What can't be read is told where it is needed.
    return [];
  }
}

function foreignText(directory: string, names: readonly string[]): string {
  const shown = names.slice(0, shownMax).join(", ");
  const more = names.length > shownMax ? ` and ${names.length - shownMax} more` : "";
  return `${directory} holds other files (${shown}${more}) and no maru.db; give a directory of its own with --data`;
}

/** By the system's code. */
const reasons: Readonly<Record<string, string>> = {
  EEXIST: "it is a file; name a directory with --data",
  ENOTDIR: "a part of it is a file; name a directory with --data",
  ENOENT: "it can't be made there; name another with --data",
  EACCES: "the permission is missing; give it to this user, or name another with --data",
  EPERM: "the permission is missing; give it to this user, or name another with --data",
  EROFS: "the disk is read-only; name another with --data",
  ENOSPC: "the disk is full",
  SQLITE_CANTOPEN: "no file can be made in it: look at its permissions, and at the disk",
  SQLITE_READONLY: "it is read-only; name another with --data",
  SQLITE_FULL: "the disk is full",
};

function problemWith(directory: string, error: unknown): string {
  if (codeOf(error).startsWith("SQLITE_BUSY")) {
    return `the data in ${directory} is in use by another server; stop it, or give another --data`;
  }
  const code = (error as { code?: string }).code ?? "";
  const why = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return `can't use the data directory ${directory}: ${why}`;
}
