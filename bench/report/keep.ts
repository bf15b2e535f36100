// `bun run bench keep`: publishes a result. It goes among those that the pages are made from, and the
// kept ones that no page shows any more because of it are taken away.

import { existsSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Task } from "../harness/command-line.ts";
import { type Option, toggle } from "../harness/options.ts";
import { keptDir, resultsDir } from "../harness/places.ts";
import { isThorough, type Kept, readResult, readResults } from "../harness/record.ts";

const result: Option<string> = { about: "", read: (given) => given ?? "" };
const options = {
  result,
  both: toggle("the kept results that it replaces stay beside it"),
};

export const keep: Task<typeof options> = {
  name: "keep",
  about: "not a benchmark: puts a result among those that the pages are made from",
  answers: `Moves a result from bench/results/ to bench/results/kept/ and takes away those of the same benchmark
    that no page shows any more because of it. Then write the pages: bun run bench report.`,
  options,
  argument: { key: "result", about: "a file of bench/results/, or a benchmark: its newest" },
  async run({ result: wanted, both }) {
    const found = findResult(resultsDir, wanted);
    if (!isThorough(found)) throw new Error(`${found.file} is of a quick run, or measured nothing`);
    const { renderSections } = await import("./page.ts");
    const replaced = both ? [] : replacedBy(found, readResults(keptDir), renderSections);
    renameSync(join(resultsDir, found.file), join(keptDir, found.file));
    process.stdout.write(`kept ${found.file}\n`);
    for (const { file } of replaced) {
      rmSync(join(keptDir, file));
      process.stdout.write(`which replaces ${file}\n`);
    }
    process.stdout.write("write the pages: bun run bench report\n");
    return 0;
  },
};

/** By its file, wherever that is said to be, or the newest of a benchmark. */
export function findResult(dir: string, wanted: string): Kept {
  const file = basename(wanted);
  if (file.endsWith(".json") && existsSync(join(dir, file))) return readResult(dir, file);
  const newest = readResults(dir).find(({ benchmark }) => benchmark === wanted);
  if (newest !== undefined) return newest;
  throw new Error(
    `there is no result "${wanted}": it takes a file of bench/results/, or a benchmark`,
  );
}

/** Older ones of the same benchmark without which the pages would say the same. */
export function replacedBy(
  fresh: Kept,
  kept: readonly Kept[],
  render: (kept: readonly Kept[]) => string,
): Kept[] {
  let left = [fresh, ...kept].sort((one, other) => (one.takenAt < other.takenAt ? 1 : -1));
  const replaced: Kept[] = [];
  const older = kept.filter(({ benchmark, takenAt }) => {
    return benchmark === fresh.benchmark && takenAt < fresh.takenAt;
  });
  for (const each of older) {
    const without = left.filter((one) => one !== each);
    if (render(without) !== render(left)) continue;
    left = without;
    replaced.push(each);
  }
  return replaced;
}
