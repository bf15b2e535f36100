// The results that were kept, newest first. Reads bench/results/kept; judges nothing.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "../harness/record-results.ts";

export interface Kept extends Results {
  /** When it was written, ISO 8601. */
  readonly takenAt: string;
  /** Name of the file, without its directory. */
  readonly file: string;
}

export function readKept(dir: string): Kept[] {
  const names = existsSync(dir) ? readdirSync(dir) : [];
  const files = names.filter((file) => file.endsWith(".json"));
  const read = (file: string): Kept => ({
    ...(JSON.parse(readFileSync(join(dir, file), "utf8")) as Omit<Kept, "file">),
    file,
  });
  return files.map(read).sort((one, other) => (one.takenAt < other.takenAt ? 1 : -1));
}

/** Of one benchmark, newest first; those that measured something, and were not in a hurry. */
export function ofBenchmark(kept: readonly Kept[], benchmark: string): readonly Kept[] {
  return kept.filter((each) => each.benchmark === benchmark && isThorough(each));
}

/** `--quick` gives indications, no results. */
function isThorough({ options, measurements }: Kept): boolean {
  const { quick = false } = (options ?? {}) as { readonly quick?: boolean };
  return !quick && measurements.length > 0;
}

const months =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** `22 November 2026, 20:43 UTC`. */
export function dateOf({ takenAt }: Kept): string {
  const [day = "", time = ""] = takenAt.split("T");
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${months[(month ?? 1) - 1]} ${year}, ${time.slice(0, 5)} UTC`;
}

/** The commit, and whether the tree differed from it. */
export function commitOf({ machine }: Kept): string {
  return machine.modified ? `${machine.commit} with changes` : machine.commit;
}

export function machineOf({ machine }: Kept): string {
  const { cpu, cores, memoryBytes, kernel, bun } = machine;
  const [major = "", minor = ""] = kernel.split(".");
  const memory = `${Math.round(memoryBytes / 1e9)} GB`;
  return `${cpu}, ${cores} cores, ${memory}, Linux ${major}.${minor}, Bun ${bun}`;
}

/** What stands below every chart. */
export function captionOf(kept: Kept): string {
  return `Commit ${commitOf(kept)}  ·  ${machineOf(kept)}  ·  ${dateOf(kept)}  ·  loopback`;
}
