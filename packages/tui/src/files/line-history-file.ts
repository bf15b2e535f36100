// The lines that were typed, on disk: `history.jsonl`.
// Owns what of them is not written yet; walking through them is the editor's.

import * as z from "zod";
import type { Disk } from "./disk.ts";
import { Journal } from "./journal.ts";

const Line = z.strictObject({ line: z.string() });

export interface HistoryBounds {
  readonly linesMax: number;
  /** UTF-8 bytes; a longer line is not remembered. */
  readonly lineBytesMax: number;
}

export class LineHistoryFile {
  readonly name = "history.jsonl";
  readonly #bounds: HistoryBounds;
  readonly #journal: Journal<z.infer<typeof Line>>;
  #entries: string[] = [];
  #pending: string[] = [];
  #linesInFile = 0;

  constructor(disk: Disk, directory: string, bounds: HistoryBounds) {
    this.#bounds = bounds;
    this.#journal = new Journal({ disk, directory, name: this.name, schema: Line });
  }

  /** The oldest first. */
  get entries(): readonly string[] {
    return this.#entries.slice(-this.#bounds.linesMax);
  }

  /** Reads the file, and puts what was changed meanwhile behind it. */
  load(isOwner: boolean): { isBroken: boolean } {
    const { lines, isBroken } = this.#journal.read(isOwner);
    this.#linesInFile = lines.length;
    this.#entries = [...lines.map(({ line }) => line), ...this.#pending].slice(
      -this.#bounds.linesMax,
    );
    return { isBroken };
  }

  add(line: string): void {
    if (line === "" || line === this.#entries.at(-1)) return;
    if (Buffer.byteLength(line) > this.#bounds.lineBytesMax) return;
    this.#entries.push(line);
    this.#pending.push(line);
    const { linesMax } = this.#bounds;
    // Cut now and then, not each time: a slice of a thousand is not free.
    if (this.#entries.length >= 2 * linesMax) this.#entries = this.#entries.slice(-linesMax);
    if (this.#pending.length >= 2 * linesMax) this.#pending = this.#pending.slice(-linesMax);
  }

  write(): void {
    if (this.#pending.length === 0 && !this.#journal.isForeign) return;
    this.#journal.append(this.#pending.map(textOf), () => this.entries.map(textOf));
    this.#linesInFile += this.#pending.length;
    this.#pending = [];
  }

  /** Where half of the file is beyond the bound; `isLast`: where anything is. */
  tidy(isLast = false): void {
    if (this.#pending.length > 0) return;
    if (this.#linesInFile <= (isLast ? 1 : 2) * this.#bounds.linesMax) return;
    this.#journal.tidy(this.entries.map(textOf));
    this.#linesInFile = this.entries.length;
  }
}

function textOf(line: string): string {
  return JSON.stringify({ line });
}
