// The directory of a room log: which files are in it, and that one process has it at a time.

import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
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

function problemWith(directory: string, error: unknown): string {
  if (codeOf(error).startsWith("SQLITE_BUSY")) {
    return `the data in ${directory} is in use by another server; stop it, or give another --data`;
  }
  const why = error instanceof Error ? error.message : String(error);
  return `can't use the data directory ${directory}: ${why}`;
}
