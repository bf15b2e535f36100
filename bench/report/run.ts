// `bun run bench report`: writes the generated parts of the pages, and the charts, from the results
// that were kept; `--check` only tells whether they are up to date. Measures nothing.

import { parseArgs } from "node:util";
import { print } from "@maru/core";
import { rootDir } from "../harness/places.ts";
import { renderFiles, staleFiles, writeFiles } from "./page.ts";

const usage = `usage: bun run bench report [--check]

Writes docs/charts/, and docs/performance.md, README.md and README.ko.md between their markers,
from bench/results/kept/.

  --check    write nothing; say what differs, and end with 1 if anything does
`;

const settings = {
  check: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) {
    print(usage);
    return 0;
  }
  const files = renderFiles(rootDir);
  if (!values.check) {
    for (const path of writeFiles(rootDir, files)) process.stdout.write(`wrote ${path}\n`);
    return 0;
  }
  const stale = staleFiles(rootDir, files);
  for (const path of stale) {
    process.stderr.write(`${path} is out of date: run "bun run bench report"\n`);
  }
  return stale.length === 0 ? 0 : 1;
}
