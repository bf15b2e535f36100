// `bun run fix`: what a machine can put right: format, safe lint fixes, generated docs.

import { biome, root, runHere } from "./child.ts";
import { pages } from "./docs/pages.ts";
import { writePages } from "./docs/write-pages.ts";

const exitCode = await runHere(biome("check", "--write"));
for (const path of writePages(root, pages)) process.stdout.write(`wrote ${path}\n`);
process.exitCode = exitCode;
