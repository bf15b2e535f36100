// The peers that are scripts of ours, on Node or on Bun: what they are called, in which version, and
// how they are started. Runs none of them in this process.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchDir, cacheDir } from "../harness/places.ts";
import { startServer } from "../harness/server.ts";
import type { Dialect, NamedCandidate } from "./candidate.ts";

interface ScriptPeer {
  readonly dialect: Dialect;
  /** In `peers/`. */
  readonly script: string;
  readonly runtime: "bun" | "node";
  /** Whose version it has; absent: Bun's own. */
  readonly package?: string;
}

/** By the candidate's name. On Bun, `ws` is not the package: Bun puts one of its own in its place. */
export const scriptPeers: Readonly<Record<string, ScriptPeer>> = {
  "bun-serve": { dialect: "ws", script: "bun-serve", runtime: "bun" },
  "ws:node": { dialect: "ws", script: "ws", runtime: "node", package: "ws" },
  "ws:bun": { dialect: "ws", script: "ws", runtime: "bun" },
  "socketio:node": {
    dialect: "socketio",
    script: "socketio",
    runtime: "node",
    package: "socket.io",
  },
  "socketio:bun": {
    dialect: "socketio",
    script: "socketio",
    runtime: "bun",
    package: "socket.io",
  },
};

/** Undefined where no script is called so. */
export function scriptPeerOf(name: string): NamedCandidate | undefined {
  const peer = scriptPeers[name];
  if (peer === undefined) return undefined;
  const { dialect, runtime } = peer;
  return {
    name,
    dialect,
    absent: () =>
      runtime === "node" && Bun.which("node") === null ? "install Node.js" : undefined,
    version: () => versionOf(peer),
    start: () => startServer({ command: commandOf(peer), cwd: benchDir }),
  };
}

function versionOf({ script, runtime, package: name }: ScriptPeer): string {
  const bun = `Bun ${Bun.version}`;
  if (name === undefined) return script === "ws" ? `${bun}'s own ws` : bun;
  const manifest = readFileSync(join(benchDir, "node_modules", name, "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const node = () => `Node ${Bun.spawnSync(["node", "--version"]).stdout.toString().trim()}`;
  return `${name} ${version} on ${runtime === "bun" ? bun : node()}`;
}

function commandOf({ script, runtime }: ScriptPeer): readonly string[] {
  const source = join(import.meta.dir, "peers", `${script}.ts`);
  return runtime === "bun" ? [process.execPath, source, "0"] : ["node", stripTypes(source), "0"];
}

/** Not every Node that is about takes TypeScript. The packages are found from the cache too. */
function stripTypes(source: string): string {
  const dir = join(cacheDir, "peers");
  mkdirSync(dir, { recursive: true });
  const path = join(dir, `${source.split("/").at(-1)?.replace(/\.ts$/, "")}.mjs`);
  const transpiler = new Bun.Transpiler({ loader: "ts", target: "node" });
  const fresh = `${path}.${process.pid}`; // another run may be reading the last one
  writeFileSync(fresh, transpiler.transformSync(readFileSync(source, "utf8")));
  renameSync(fresh, path);
  return path;
}
