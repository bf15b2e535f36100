// The index as a reading thread has it: opened when there is one, opened anew when the writer has made
// another one, done without while there is none or it is damaged.

import type { Database } from "bun:sqlite";
import type { SearchRequest } from "../../room-log.ts";
import { fileNumber, isDamage, openIndexForReading } from "./index-file.ts";
import { type Found, searchEntries } from "./search-entries.ts";

export interface SearchReaderOptions {
  /** The main database: the caller's, and only read. */
  readonly main: Database;
  /** What the indexer was given. */
  readonly path: string;
  readonly identity: string;
  /** Told once for each file that turns out damaged: for the writer's reportDamage(). */
  readonly onDamage: (file: bigint) => void;
}

export class SearchReader {
  readonly #options: SearchReaderOptions;
  #index: Database | null = null;
  /** The file that is open, and the one that was damaged: that is not opened again. */
  #file: bigint | null = null;
  #damaged: bigint | null = null;

  constructor(options: SearchReaderOptions) {
    this.#options = options;
  }

  /** Throws what the main database throws. */
  search(request: SearchRequest): Found {
    const { main, onDamage } = this.#options;
    try {
      return searchEntries(main, this.#current(), request);
    } catch (error) {
      if (!isDamage(error) || this.#file === this.#damaged) throw error;
      this.close();
      // If it is the main database that is damaged, this throws once more, and the index is not blamed.
      const found = searchEntries(main, null, request);
      this.#damaged = this.#file;
      if (this.#damaged !== null) onDamage(this.#damaged);
      return found;
    }
  }

  close(): void {
    this.#index?.close();
    this.#index = null;
  }

  #current(): Database | null {
    const { path, identity } = this.#options;
    const file = fileNumber(path);
    if (this.#index !== null && file === this.#file) return this.#index;
    this.close();
    // In this order: if the file is replaced in between, the next search sees another number.
    this.#file = file;
    const isUsable = file !== null && file !== this.#damaged;
    this.#index = isUsable ? openIndexForReading(path, identity) : null;
    return this.#index;
  }
}
