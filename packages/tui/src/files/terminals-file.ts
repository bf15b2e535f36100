// What terminals count otherwise than we do, on disk: `terminals.json`, one for all of a person. Something to begin
// with and nothing more: a file that is lost or broken is begun anew, and one that can't be written is
// no trouble, as the terminal is asked again.

import { dirname } from "node:path";
import * as z from "zod";
import type { Disk } from "./disk.ts";
import { readJsonFile, replaceFile } from "./json-file.ts";

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
      const file = readJsonFile(this.#disk, this.#path, File, fileBytesMax);
      return new Map(file.kind === "read" ? file.value.terminals : []);
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
      replaceFile(this.#disk, this.#path, `${JSON.stringify({ ...head, terminals })}\n`);
    } catch {
      // It is asked again the next time.
    }
  }
}
