// The servers that can be measured, by name, and how each is started.
// Owns the names; starts nothing.

import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { benchDir, cacheDir, rootDir, serverEntry } from "../stage/places.ts";
import { type RunningServer, startServer } from "../stage/start-server.ts";
import type { Programs } from "./programs.ts";

export type Dialect = "maru" | "frames" | "ws";

export interface Candidate {
  /** As given on the command line: `maru:WORKERS[:DURABILITY]`, `coalescing`, `chapter`, `bun-serve`. */
  readonly name: string;
  readonly dialect: Dialect;
  start(settings: ServerSettings): Promise<RunningServer>;
}

/** Of Maru alone; the others have no such limits. */
export interface ServerSettings {
  /** 0 = no limit. */
  readonly connectionsMax: number;
}

/** Throws when there is no candidate of that name. */
export function candidateOf(name: string, programs: Programs): Candidate {
  const plain = (dialect: Dialect, ...command: string[]): Candidate => ({
    name,
    dialect,
    start: () => startServer({ command, cwd: rootDir }),
  });
  if (name === "coalescing") return plain("frames", programs.coalescing, "0");
  if (name === "chapter") return plain("frames", programs.chapter, "0");
  if (name === "bun-serve") {
    return plain("ws", process.execPath, join(benchDir, "fanout/peers/bun-serve.ts"), "0");
  }
  const maru = /^maru:(\d+|auto)(?::(memory|os|fsync))?$/.exec(name);
  if (maru === null) throw new RangeError(`no candidate is called "${name}"`);
  const [, workers = "0", durability = "memory"] = maru;
  return {
    name,
    dialect: "maru",
    start: (settings) => startMaru({ workers, durability, ...settings }),
  };
}

/** Maru as its users start it, with the limits off that would cut a benchmark short. */
async function startMaru(
  settings: ServerSettings & { workers: string; durability: string },
): Promise<RunningServer> {
  if (!existsSync(serverEntry)) throw new Error("apps/server is not there yet");
  mkdirSync(cacheDir, { recursive: true });
  const dataDir = mkdtempSync(join(cacheDir, "data-"));
  const forget = () => rmSync(dataDir, { recursive: true, force: true });
  const options = {
    port: "0",
    data: dataDir,
    durability: settings.durability,
    workers: settings.workers,
    "send-rate": "0",
    "max-connections": String(settings.connectionsMax),
    "max-connections-per-ip": "0",
    "http-port": "off",
    "log-level": "warn",
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  try {
    const command = [process.execPath, serverEntry, ...flags];
    const server = await startServer({ command, cwd: rootDir });
    return { ...server, stop: () => server.stop().finally(forget) };
  } catch (error) {
    forget();
    throw error;
  }
}
