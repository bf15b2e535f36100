// A file of lines that only grows, until it is written anew with what is still true.
// Owns the file, its temporary twin `NAME.new` and what was moved aside; knows no line's meaning.
// A change costs its own line, whatever the file holds; a line counts once its end is there, so that
// a kill in the middle leaves the state before it.

import { join } from "node:path";
import type * as z from "zod";
import { finishReplacing, setAside, whole } from "./aside.ts";
import { codeOf, type Disk } from "./disk.ts";

/** Bytes of a file that are read; a larger one is none of ours. The outbox holds 64 MiB at most. */
export const journalBytesMax = 512 * 1024 * 1024;
/** Bytes that may be out of date, besides as many as are not, before the file is written anew. */
export const journalSlackBytes = 256 * 1024;

const formatVersion = 1;

export interface JournalOptions<T> {
  readonly disk: Disk;
  readonly directory: string;
  /** `drafts.jsonl`. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
}

export class Journal<T> {
  readonly #options: JournalOptions<T>;
  readonly #path: string;
  readonly #header: string;
  /** Bytes of the file that are known to be good: what follows is cut off before the next line. */
  #bytes = 0;
  #isForeign = false;
  /** Bytes from which on it is worth trying again to make it smaller. */
  #tidyBytes = 0;

  constructor(options: JournalOptions<T>) {
    this.#options = options;
    this.#path = join(options.directory, options.name);
    this.#header = JSON.stringify({ version: formatVersion, file: options.name });
  }

  /** Whether what is in the file was not understood, and stands in the way of the rest. */
  get isForeign(): boolean {
    return this.#isForeign;
  }

  /** Whether much of the file is no longer true. */
  isWasteful(liveBytes: number): boolean {
    return this.#bytes > 2 * liveBytes + journalSlackBytes;
  }

  /** Whether anything in the file is no longer true. */
  isStale(liveBytes: number): boolean {
    return this.#bytes > liveBytes + Buffer.byteLength(this.#header) + 1;
  }

  /**
   * What the file says, in order. `isBroken`: not all of it could be understood. Only its owner
   * finishes what a kill has left half done.
   */
  read(isOwner: boolean): { lines: T[]; isBroken: boolean } {
    const { disk } = this.#options;
    this.#bytes = 0;
    this.#isForeign = false;
    if (isOwner) finishReplacing(disk, this.#path);
    const size = disk.size(this.#path);
    if (size === null || size === 0) return { lines: [], isBroken: false };
    if (size > journalBytesMax) return this.#broken([]);
    const bytes = Buffer.from(disk.read(this.#path));
    const end = bytes.lastIndexOf("\n") + 1;
    const [header = "", ...texts] = bytes.toString("utf8", 0, end).split("\n").slice(0, -1);
    if (end === 0 && `${this.#header}\n`.startsWith(bytes.toString())) {
      return { lines: [], isBroken: false };
    }
    if (header !== this.#header) return this.#broken([]);
    const lines = texts.map((text) => parseLine(text, this.#options.schema));
    const good = lines.filter((line) => line !== null);
    if (good.length < lines.length) return this.#broken(good);
    this.#bytes = end;
    return { lines: good, isBroken: false };
  }

  /**
   * Adds lines. Where there is no good file to add to, it is written anew from `live`, which must
   * hold them already. When it throws, none of them counts as written.
   */
  append(lines: readonly string[], live: () => Iterable<string>): void {
    const { disk } = this.#options;
    const size = this.#isForeign || this.#bytes === 0 ? 0 : (disk.size(this.#path) ?? 0);
    // Also when another program took the file away, or a part of it.
    if (this.#bytes === 0 || size < this.#bytes) return this.rewrite(live());
    if (size > this.#bytes) disk.truncate(this.#path, this.#bytes);
    const text = joined(lines);
    disk.append(this.#path, text);
    this.#bytes += Buffer.byteLength(text);
  }

  /** The file with these lines and no others: the old one stands until the new one is whole. */
  rewrite(live: Iterable<string>): void {
    const { disk } = this.#options;
    const text = joined([this.#header, ...live]);
    this.#writeWhole(text);
    if (this.#isForeign) setAside(disk, this.#path);
    this.#isForeign = false;
    this.#bytes = 0;
    disk.rename(`${this.#path}${whole}`, this.#path);
    this.#bytes = Buffer.byteLength(text);
  }

  /** Writes it anew to make it smaller. A disk that does not take that is no problem: see later. */
  tidy(live: Iterable<string>): void {
    if (this.#bytes < this.#tidyBytes) return;
    try {
      this.rewrite(live);
    } catch (error) {
      if (codeOf(error) === "") throw error;
      this.#tidyBytes = this.#bytes + journalSlackBytes;
    }
  }

  #writeWhole(text: string): void {
    const { disk, directory } = this.#options;
    const path = `${this.#path}${whole}`;
    disk.makeDirectory(directory);
    try {
      disk.write(path, text);
    } catch (error) {
      // A part of it would take the room that the others need.
      if (codeOf(error) !== "") disk.remove(path);
      throw error;
    }
  }

  #broken(lines: T[]): { lines: T[]; isBroken: boolean } {
    this.#isForeign = true;
    return { lines, isBroken: true };
  }
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function parseLine<T>(text: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
