// The lines that were typed, on disk: `history.jsonl`.
// Owns their bounds and what of them is not written yet; walking through them is the editor's.

import { utf8Bytes } from "@maru/protocol/chat";
import type { Disk } from "@maru/tui/files";
import { Journal } from "@maru/tui/files";
import { z } from "zod";
import { historyEntryBytesMax, historyMax } from "./stored.ts";

const Line = z.strictObject({ line: z.string() });

export class HistoryFile {
  readonly name = "history.jsonl";
  readonly #journal: Journal<z.infer<typeof Line>>;
  #entries: string[] = [];
  #pending: string[] = [];
  #linesInFile = 0;

  constructor(disk: Disk, directory: string) {
    this.#journal = new Journal({ disk, directory, name: this.name, schema: Line });
  }

  /** The oldest first. */
  get entries(): readonly string[] {
    return this.#entries.slice(-historyMax);
  }

  /** Reads the file, and puts what was changed meanwhile behind it. */
  load(isOwner: boolean): { isBroken: boolean } {
    const { lines, isBroken } = this.#journal.read(isOwner);
    this.#linesInFile = lines.length;
    this.#entries = [...lines.map(({ line }) => line), ...this.#pending].slice(-historyMax);
    return { isBroken };
  }

  add(line: string): void {
    if (line === "" || line === this.#entries.at(-1)) return;
    if (utf8Bytes(line) > historyEntryBytesMax) return;
    this.#entries.push(line);
    this.#pending.push(line);
    // Cut now and then, not each time: a slice of a thousand is not free.
    if (this.#entries.length >= 2 * historyMax) this.#entries = this.#entries.slice(-historyMax);
    if (this.#pending.length >= 2 * historyMax) this.#pending = this.#pending.slice(-historyMax);
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
    if (this.#linesInFile <= (isLast ? 1 : 2) * historyMax) return;
    this.#journal.tidy(this.entries.map(textOf));
    this.#linesInFile = this.entries.length;
  }
}

function textOf(line: string): string {
  return JSON.stringify({ line });
}
