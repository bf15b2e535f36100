// The servers that can be measured, by name: how each is started, and whether it is there at all.
// Owns the names; starts nothing.

import { join } from "node:path";
import { compilerVersion } from "../harness/compile-c.ts";
import { benchDir, rootDir } from "../harness/places.ts";
import { type RunningServer, startServer } from "../harness/start-server.ts";
import type { Daemon } from "./daemons/daemon.ts";
import { daemonVersion, findDaemon } from "./daemons/find-daemon.ts";
import { mosquitto } from "./daemons/mosquitto.ts";
import { nats } from "./daemons/nats.ts";
import { ngircd } from "./daemons/ngircd.ts";
import { redis } from "./daemons/redis.ts";
import { startDaemon } from "./daemons/start-daemon.ts";
import { readMaru, startGenerous } from "./generous-maru.ts";
import { scriptPeerNames, scriptPeerOf } from "./peers/script-peer.ts";
import type { Programs } from "./programs.ts";

/** What the generator can speak: load/c/dialect-*.c. */
export type Dialect = "maru" | "frames" | "ws" | "socketio" | "redis" | "nats" | "mqtt" | "irc";

/** What can be measured. */
export interface Candidate {
  readonly name: string;
  readonly dialect: Dialect;
  /** Longer texts don't fit into its protocol; absent: whatever the generator can say does. */
  readonly textBytesMax?: number;
  start(settings: ServerSettings): Promise<RunningServer>;
}

/** By the name of the command line: `maru:WORKERS[:DURABILITY]`, or one of `peerNames`. */
export interface NamedCandidate extends Candidate {
  /** How to get it, where it is not installed; undefined where it is. */
  absent(): string | undefined;
  /** Its own, and that of what runs it; only where it is installed. */
  version(): string;
}

/** Of Maru alone; the others have no such limits. */
export interface ServerSettings {
  /** 0 = its own, which is what the limit on open files allows. */
  readonly connectionsMax: number;
}

/** By the candidate's name. */
export const daemons: Readonly<Record<string, Daemon>> = { redis, nats, mosquitto, ngircd };

/** The peers that nobody needs to compile. */
export const readyMadeNames: readonly string[] = [
  "bun-serve",
  ...Object.keys(daemons),
  ...scriptPeerNames,
];

/** Everything that can be measured beside Maru. */
export const peerNames: readonly string[] = ["coalescing", "chapter", ...readyMadeNames];

/** Throws when there is no candidate of that name. */
export function candidateOf(name: string, programs: Programs): NamedCandidate {
  if (name === "coalescing" || name === "chapter") return referenceOf(name, programs[name]);
  return readyMadeOf(name) ?? maruOf(name);
}

/** Of `readyMadeNames`; undefined for any other name. */
export function readyMadeOf(name: string): NamedCandidate | undefined {
  if (name === "bun-serve") return bunServe;
  const daemon = daemons[name];
  if (daemon !== undefined) return daemonOf(name, daemon);
  const peer = scriptPeerOf(name);
  return peer && { name, ...peer };
}

function maruOf(name: string): NamedCandidate {
  const maru = readMaru(name);
  if (maru === undefined) throw new RangeError(`no candidate is called "${name}"`);
  return {
    name,
    dialect: "maru",
    absent: () => undefined,
    version: () => `this tree, on Bun ${Bun.version}`,
    start: (settings) => startGenerous({ ...maru, ...settings }),
  };
}

function referenceOf(name: string, program: string): NamedCandidate {
  return {
    name,
    dialect: "frames",
    absent: () => undefined,
    version: () => `this tree, ${compilerVersion()}`,
    start: () => startServer({ command: [program, "0"], cwd: rootDir }),
  };
}

const bunServe: NamedCandidate = {
  name: "bun-serve",
  dialect: "ws",
  absent: () => undefined,
  version: () => `Bun ${Bun.version}`,
  start: () => {
    const script = join(benchDir, "servers/peers/bun-serve.ts");
    return startServer({ command: [process.execPath, script, "0"], cwd: rootDir });
  },
};

function daemonOf(name: string, daemon: Daemon): NamedCandidate {
  const program = findDaemon(daemon);
  const { dialect, textBytesMax } = daemon;
  const hint = "bun run bench install";
  const installed = (): string => {
    if (program === undefined) throw new Error(`${name} is not installed: ${hint}`);
    return program;
  };
  return {
    name,
    dialect,
    ...(textBytesMax === undefined ? {} : { textBytesMax }),
    absent: () => (program === undefined ? hint : undefined),
    version: () => daemonVersion(daemon, installed()),
    start: async () => startDaemon(daemon, installed()),
  };
}
