// The Nodes that the packages are tried on, and where they are found: below `nodes/`, where
// install-nodes.ts puts them, or on the PATH. They are 95 MB to fetch, too much for a dependency of
// all who run the server once.

import { existsSync } from "node:fs";
import { join } from "node:path";

/** The oldest that is promised, and the newest that is kept up for years. */
export const nodeVersions = { 20: "20.20.2", 24: "24.21.0" } as const;
export type NodeMajor = keyof typeof nodeVersions;

export const nodesFolder = join(import.meta.dir, "nodes");

/** The program, or null where this machine has none of that major version. */
export function findNode(major: NodeMajor): string | null {
  const own = join(nodesFolder, "node_modules", `node-${major}`, "bin", "node");
  const places = [own, Bun.which("node") ?? own].filter((place) => existsSync(place));
  return places.find((place) => versionOf(place).startsWith(`v${major}.`)) ?? null;
}

function versionOf(node: string): string {
  return Bun.spawnSync([node, "--version"]).stdout.toString();
}
