// `bun run fix`: what a machine can put right: format, safe lint fixes, generated docs.

import { biome, root, runHere } from "./child.ts";
import { pages } from "./docs/pages.ts";
import { writePages } from "./docs/write-pages.ts";
import { readNoArguments } from "./no-arguments.ts";

readNoArguments("usage: bun run fix   (formats, and writes the generated documents anew)");

const exitCode = await runHere(biome("check", "--write"));
for (const path of writePages(root, pages)) process.stdout.write(`wrote ${path}\n`);
process.exitCode = exitCode;
