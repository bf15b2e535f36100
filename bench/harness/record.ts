// Every raw measurement of a run, with the machine it was taken on, as one JSON file; and the ones
// that were kept, from which the pages are made. Owns bench/results; never overwrites a result.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "./machine.ts";
import { resultsDir } from "./places.ts";

/** What a benchmark leaves. */
export interface Recorded {
  readonly measurements: readonly unknown[];
  /** What the measurements were drawn from, where they are no longer raw. */
  readonly raw?: readonly unknown[];
  /** Where more than its values is worth knowing. */
  readonly options?: unknown;
}

export interface Results extends Recorded {
  readonly benchmark: string;
  readonly machine: Machine;
  readonly options: unknown;
  /** Of the servers measured, by the candidate's name. */
  readonly versions?: Readonly<Record<string, string>>;
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

/** A result that was read again. */
export interface Kept extends Results {
  /** When it was written, ISO 8601. */
  readonly takenAt: string;
  /** Name of the file, without its directory. */
  readonly file: string;
}

/** Those of a directory, the newest first. */
export function readResults(dir: string): Kept[] {
  const files = existsSync(dir) ? readdirSync(dir) : [];
  const results = files
    .filter((file) => file.endsWith(".json"))
    .map((file) => readResult(dir, file));
  return results.sort((one, other) => (one.takenAt < other.takenAt ? 1 : -1));
}

export function readResult(dir: string, file: string): Kept {
  const text = readFileSync(join(dir, file), "utf8");
  return { ...(JSON.parse(text) as Omit<Kept, "file">), file };
}

/** Of one benchmark, newest first; those that measured something, and were not in a hurry. */
export function ofBenchmark(kept: readonly Kept[], benchmark: string): readonly Kept[] {
  return kept.filter((each) => each.benchmark === benchmark && isThorough(each));
}

/** `--quick` gives indications, no results. */
export function isThorough({ options, measurements }: Pick<Results, "options" | "measurements">) {
  const { quick = false } = (options ?? {}) as { readonly quick?: boolean };
  return !quick && measurements.length > 0;
}
