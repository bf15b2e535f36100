// What terminals have answered, on disk: `terminals.json`, one for all accounts. Something to begin
// with and nothing more: a file that is lost or broken is begun anew, and one that can't be written is
// no trouble, as the terminal is asked again.

import { dirname } from "node:path";
import type { Disk } from "@maru/tui/files";
import { whole } from "@maru/tui/files";
import { z } from "zod";

/** Terminals that are remembered; the one that answered longest ago goes first. */
export const terminalsMax = 32;
/** UTF-16 units of a terminal's name, and of one that it gives otherwise. */
export const terminalUnitsMax = 200;
const otherwiseMax = 64;
const fileBytesMax = 1024 * 1024;
const formatVersion = 1;

const Name = z.string().max(terminalUnitsMax);
const File = z.strictObject({
  version: z.literal(formatVersion),
  file: z.literal("terminals.json"),
  /** The newest last. Null: it does not answer. */
  terminals: z.array(z.tuple([Name, z.array(Name).max(otherwiseMax).nullable()])).max(terminalsMax),
});

export type Terminals = ReadonlyMap<string, readonly string[] | null>;

export class TerminalsFile {
  readonly #disk: Disk;
  readonly #path: string;

  constructor(disk: Disk, path: string) {
    this.#disk = disk;
    this.#path = path;
  }

  /** By name of the terminal: what it counts otherwise; null: it does not answer. */
  read(): Terminals {
    try {
      const size = this.#disk.size(this.#path) ?? 0;
      if (size === 0 || size > fileBytesMax) return new Map();
      const text = Buffer.from(this.#disk.read(this.#path)).toString();
      return new Map(File.parse(JSON.parse(text)).terminals);
    } catch {
      return new Map();
    }
  }

  remember(name: string, otherwise: readonly string[] | null): void {
    const key = name.slice(0, terminalUnitsMax);
    const known = this.read();
    const before = known.get(key);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(otherwise)) return;
    const others = [...known].filter(([other]) => other !== key);
    const terminals = [...others, [key, otherwise]].slice(-terminalsMax);
    const head = { version: formatVersion, file: "terminals.json" };
    try {
      this.#disk.makeDirectory(dirname(this.#path));
      this.#disk.write(`${this.#path}${whole}`, `${JSON.stringify({ ...head, terminals })}\n`);
      this.#disk.rename(`${this.#path}${whole}`, this.#path);
    } catch {
      // It is asked again the next time.
    }
  }
}
