// Keeps every raw measurement of a run, with the machine it was taken on, as one JSON file.
// Owns bench/results; never overwrites an older result.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "./machine.ts";
import { resultsDir } from "./places.ts";

export interface Results {
  readonly benchmark: string;
  readonly machine: Machine;
  readonly options: unknown;
  /** Of the servers measured, by the candidate's name. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly measurements: readonly unknown[];
  /** What the measurements were drawn from, where they are no longer raw. */
  readonly raw?: readonly unknown[];
}

/** Path of the file that was written. */
export function recordResults(results: Results): string {
  mkdirSync(resultsDir, { recursive: true });
  const takenAt = new Date().toISOString();
  const stamp = takenAt.replace(/[-:]/g, "").replace(/\..*/, "");
  const text = `${JSON.stringify({ takenAt, ...results }, null, 2)}\n`;
  return writeBeside(join(resultsDir, `${results.benchmark}-${stamp}`), text);
}

/** Two results may fall into one second: the later ones are called NAME-2, NAME-3, ... */
export function writeBeside(name: string, text: string): string {
  for (let count = 1; ; count++) {
    const path = `${name}${count === 1 ? "" : `-${count}`}.json`;
    try {
      writeFileSync(path, text, { flag: "wx" });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
