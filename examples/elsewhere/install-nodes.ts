// Fetches the Nodes that the packages are tried on, once: `bun examples/elsewhere/install-nodes.ts`.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodesFolder, nodeVersions } from "./nodes.ts";

const dependencies = Object.entries(nodeVersions).map(([major, version]) => [
  `node-${major}`,
  `npm:node-${process.platform}-${process.arch}@${version}`,
]);
mkdirSync(nodesFolder, { recursive: true });
const manifest = { private: true, dependencies: Object.fromEntries(dependencies) };
writeFileSync(join(nodesFolder, "package.json"), JSON.stringify(manifest));
const install = Bun.spawn([process.execPath, "install", "--ignore-scripts"], {
  cwd: nodesFolder,
  stdio: ["ignore", "inherit", "inherit"],
});
process.exitCode = await install.exited;
