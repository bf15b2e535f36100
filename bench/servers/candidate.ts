// The servers that can be measured, by name, and how each is started.
// Owns the names; starts nothing.

import { join } from "node:path";
import { benchDir, rootDir } from "../stage/places.ts";
import { createScratchDir } from "../stage/scratch-dir.ts";
import { startMaru } from "../stage/start-maru.ts";
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
    return plain("ws", process.execPath, join(benchDir, "servers/peers/bun-serve.ts"), "0");
  }
  const maru = /^maru:(\d+|auto)(?::(memory|os|fsync))?$/.exec(name);
  if (maru === null) throw new RangeError(`no candidate is called "${name}"`);
  const [, workers = "0", durability = "memory"] = maru;
  return {
    name,
    dialect: "maru",
    start: (settings) => startUnlimited({ workers, durability, ...settings }),
  };
}

/** Maru as its users start it, with the limits off that would cut a benchmark short. */
async function startUnlimited(
  settings: ServerSettings & { workers: string; durability: string },
): Promise<RunningServer> {
  const dataDir = createScratchDir();
  const flags = {
    data: dataDir.path,
    durability: settings.durability,
    workers: settings.workers,
    "send-rate": "0",
    "max-connections": String(settings.connectionsMax),
    "max-connections-per-ip": "0",
  };
  try {
    const server = await startMaru(flags);
    return { ...server, stop: () => server.stop().finally(dataDir.remove) };
  } catch (error) {
    dataDir.remove();
    throw error;
  }
}
