// Generates docs/protocol.md and its like: `bun scripts/generate-docs.ts` writes them,
// `--check` only tells whether they are up to date, by its exit code.

import { resolve } from "node:path";
import { pages } from "./docs/pages.ts";
import { stalePages, writePages } from "./docs/write-pages.ts";

const root = resolve(import.meta.dir, "..");

if (process.argv.includes("--check")) {
  const stale = stalePages(root, pages);
  for (const { path } of stale) process.stderr.write(`${path} is out of date: run "bun run fix"\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const path of writePages(root, pages)) process.stdout.write(`wrote ${path}\n`);
}
