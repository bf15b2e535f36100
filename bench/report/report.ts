// `bun run bench report`: writes the generated parts of the pages, and the charts, from the results
// that were kept; `--check` only tells whether they are up to date. Measures nothing.

import type { Task } from "../harness/command-line.ts";
import { toggle } from "../harness/options.ts";
import { rootDir } from "../harness/places.ts";

const options = {
  check: toggle("write nothing; say what differs, and end with 1 if anything does"),
};

export const report: Task<typeof options> = {
  name: "report",
  about: "writes docs/performance.md and its charts from the kept results; measures nothing",
  answers: `Writes docs/charts/, and docs/performance.md, README.md and README.ko.md between their markers, from
    bench/results/kept/.`,
  options,
  async run({ check }) {
    // Whatever draws charts is loaded here alone: no benchmark has it beside its measurements.
    const { renderFiles, staleFiles, writeFiles } = await import("./page.ts");
    const files = renderFiles(rootDir);
    if (!check) {
      for (const path of writeFiles(rootDir, files)) process.stdout.write(`wrote ${path}\n`);
      return 0;
    }
    const stale = staleFiles(rootDir, files);
    for (const path of stale) {
      process.stderr.write(`${path} is out of date: run "bun run bench report"\n`);
    }
    return stale.length === 0 ? 0 : 1;
  },
};
