// `bun run pack [FOLDER]`: the tarballs of the packages that others build on, in `packed/`.

import { statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { root } from "./child.ts";
import { isHelpAsked, showHelp } from "./no-arguments.ts";
import { packPackages } from "./pack/pack-packages.ts";

const usage = `usage: bun run pack [FOLDER]

Builds the packages that others build on, and writes a tarball of each to FOLDER (packed).`;

const args = process.argv.slice(2);
if (isHelpAsked(args)) showHelp(usage);
const [folder = "packed", ...more] = args;
if (more.length > 0 || folder.startsWith("-")) {
  process.stderr.write(`it takes one folder, and got ${args.join(" ")}\n${usage}\n`);
  process.exit(2);
}

for (const { name, path } of await packPackages(resolve(root, folder))) {
  const kilobytes = Math.ceil(statSync(path).size / 1000);
  process.stdout.write(`${name}  ${relative(process.cwd(), path)}  ${kilobytes} KB\n`);
}
