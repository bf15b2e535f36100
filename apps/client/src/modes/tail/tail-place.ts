// The place of a tail across its own restarts: the last entry of the room that was really written.
// Owns the file, which is replaced whole. A place that can't be kept is a failure, told once.

import { UsageError } from "@maru/command-line";
import { type Disk, realDisk } from "@maru/tui/files";
import * as z from "zod";
import type { Ending } from "../../cli/exit-codes.ts";

const PlaceSchema = z.object({
  room: z.string(),
  epoch: z.string(),
  seq: z.int().min(0),
});

export type Place = Readonly<z.infer<typeof PlaceSchema>>;

export class PlaceFile {
  /** Why the place can't be kept; null while it can. */
  problem: string | null = null;
  /** Resolves when there is a problem, with how a program ends then. */
  readonly failed: Promise<Ending>;
  readonly #path: string;
  readonly #disk: Disk;
  #fail: (ending: Ending) => void = () => {};
  #latest: Place | null = null;
  #isDue = false;

  constructor(path: string, disk: Disk = realDisk) {
    this.#path = path;
    this.#disk = disk;
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  /** The place that an earlier run has kept; null without one. Throws UsageError for anything else. */
  read(): Place | null {
    let text: string;
    try {
      const isRegular = this.#disk.isRegular(this.#path);
      if (isRegular === null) return null;
      // A device may never end, and is replaced by a file when the first place is kept.
      if (!isRegular) throw new Error("this is no regular file; name one, or one to be made");
      text = Buffer.from(this.#disk.read(this.#path)).toString();
    } catch (error) {
      throw new UsageError(`--keep-place ${this.#path}: ${wordsOf(error)}`);
    }
    const place = PlaceSchema.safeParse(jsonOf(text));
    if (place.success) return place.data;
    throw new UsageError(
      `--keep-place ${this.#path}: this holds no place of a tail; delete it to begin anew`,
    );
  }

  /** Everything up to `place` is written. Of many places in one turn, the last is kept. */
  reached(place: Place): void {
    this.#latest = place;
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => this.#save());
  }

  #save(): void {
    this.#isDue = false;
    if (this.problem !== null) return;
    const beside = `${this.#path}.${process.pid}.new`;
    try {
      this.#disk.write(beside, `${JSON.stringify(this.#latest)}\n`);
      this.#disk.rename(beside, this.#path);
    } catch (error) {
      this.problem = `--keep-place ${this.#path}: the place can't be kept: ${wordsOf(error)}`;
      this.#fail("output");
      this.#disk.remove(beside);
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The words of "ENOENT: no such file or directory, open 'x'". */
function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^[A-Z]\w+: |, \w+( '.*')?$/gs, "");
}
