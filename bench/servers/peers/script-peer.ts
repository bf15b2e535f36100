// The peers that are scripts on a package of ours, each on Node or on Bun: what they are called, in
// which version, and how they are started. Runs none of them in this process.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchDir, cacheDir } from "../../harness/places.ts";
import { type RunningServer, startServer } from "../../harness/start-server.ts";

const runtimes = ["node", "bun"] as const;
type Runtime = (typeof runtimes)[number];

/** A script of this directory, by the name of its candidate. */
const scripts = {
  ws: { dialect: "ws", package: "ws" },
  socketio: { dialect: "socketio", package: "socket.io" },
} as const;
type Script = keyof typeof scripts;

export interface ScriptPeer {
  readonly dialect: (typeof scripts)[Script]["dialect"];
  absent(): string | undefined;
  version(): string;
  start(): Promise<RunningServer>;
}

export const scriptPeerNames = Object.keys(scripts).flatMap((script) =>
  runtimes.map((runtime) => `${script}:${runtime}`),
);

/** Of `SCRIPT:RUNTIME`; undefined where there is no such peer. */
export function scriptPeerOf(name: string): ScriptPeer | undefined {
  if (!scriptPeerNames.includes(name)) return undefined;
  const [script, runtime] = name.split(":") as [Script, Runtime];
  return {
    dialect: scripts[script].dialect,
    absent: () =>
      runtime === "node" && Bun.which("node") === null ? "install Node.js" : undefined,
    version: () => versionOf(script, runtime),
    start: () => startServer({ command: commandOf(script, runtime), cwd: benchDir }),
  };
}

function versionOf(script: Script, runtime: Runtime): string {
  const bun = `Bun ${Bun.version}`;
  if (script === "ws" && runtime === "bun") return `${bun}'s own ws`;
  const name = scripts[script].package;
  const manifest = readFileSync(join(benchDir, "node_modules", name, "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const node = () => `Node ${Bun.spawnSync(["node", "--version"]).stdout.toString().trim()}`;
  return `${name} ${version} on ${runtime === "bun" ? bun : node()}`;
}

function commandOf(script: Script, runtime: Runtime): readonly string[] {
  const source = join(import.meta.dir, `${script}.ts`);
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
