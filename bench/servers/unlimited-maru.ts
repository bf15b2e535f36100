// Maru as its users start it, with the limits off that would cut a benchmark short.
// Owns the scratch directory of its data until it is stopped.

import { createScratchDir } from "../stage/scratch-dir.ts";
import { startMaru } from "../stage/start-maru.ts";
import type { RunningServer } from "../stage/start-server.ts";

export interface MaruSettings {
  readonly workers: string;
  readonly durability: string;
}

/** Of `maru:WORKERS[:DURABILITY]`; undefined for any other name. */
export function readMaru(name: string): MaruSettings | undefined {
  const maru = /^maru:(\d+|auto)(?::(memory|os|fsync))?$/.exec(name);
  if (maru === null) return undefined;
  const [, workers = "0", durability = "memory"] = maru;
  return { workers, durability };
}

/** `start` may leave flags out, or change them. */
export async function startUnlimited(
  settings: MaruSettings & { readonly connectionsMax: number },
  start: (flags: Readonly<Record<string, string>>) => Promise<RunningServer> = startMaru,
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
    const server = await start(flags);
    return { ...server, stop: () => server.stop().finally(dataDir.remove) };
  } catch (error) {
    dataDir.remove();
    throw error;
  }
}
