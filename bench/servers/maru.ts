// Maru as its users start it, every limiter at work, but with limits so high that no benchmark
// reaches one: what the limiters cost is measured. Owns the scratch directory of its data until it
// is stopped.

import { createScratchDir } from "../harness/places.ts";
import { type Flags, type RunningServer, startMaru } from "../harness/server.ts";

export interface MaruSettings {
  readonly workers: string;
  readonly durability: string;
}

/** More of anything than a benchmark asks for; 0 would switch the limiter off. */
const neverReached = "10000000";

/** Flags for a start of Maru with others of its own. */
export const generousRates = {
  "send-rate": neverReached,
  "send-burst": neverReached,
  "command-rate": neverReached,
  "command-burst": neverReached,
  "mark-rate": neverReached,
  "mark-burst": neverReached,
  "new-room-rate": neverReached,
  "new-room-burst": neverReached,
  "new-room-rate-per-ip": neverReached,
  "new-room-burst-per-ip": neverReached,
  "new-marker-rate-per-ip": neverReached,
  "new-marker-burst-per-ip": neverReached,
  "unanswered-per-ip": "1000000",
  "unanswered-burst": "1000000",
  "unanswered-per-minute": "1000000",
  "unanswered-bytes": "1000000000",
  "work-rate-us": neverReached.padEnd(9, "0"),
  "work-burst-us": neverReached.padEnd(9, "0"),
  "fanout-rate-bytes": "1000000000000",
  "fanout-burst-bytes": "1000000000000",
  "inbound-rate-bytes": "10000000000",
  "inbound-burst-bytes": "10000000000",
} as const;

/** Of `maru:WORKERS[:DURABILITY]`; undefined for any other name. */
export function readMaru(name: string): MaruSettings | undefined {
  const maru = /^maru:(\d+|auto)(?::(memory|os|fsync))?$/.exec(name);
  if (maru === null) return undefined;
  const [, workers = "0", durability = "memory"] = maru;
  return { workers, durability };
}

interface GenerousSettings extends MaruSettings {
  readonly connectionsMax: number;
}

const flagsFor = (settings: GenerousSettings, data: string) => ({
  data,
  durability: settings.durability,
  workers: settings.workers,
  ...generousRates,
  "max-connections": String(settings.connectionsMax),
  "max-connections-per-ip": neverReached,
});

/** The names of all flags that it is started with. */
export const generousFlags: readonly string[] = Object.keys(
  flagsFor({ workers: "", durability: "", connectionsMax: 0 }, ""),
);

/** `connectionsMax` 0 is the server's own: what the limit on open files allows. */
export async function startGenerous(
  settings: GenerousSettings,
  start: (flags: Flags) => Promise<RunningServer> = startMaru,
): Promise<RunningServer> {
  const dataDir = createScratchDir();
  const flags = flagsFor(settings, dataDir.path);
  try {
    const server = await start(flags);
    return { ...server, stop: () => server.stop().finally(dataDir.remove) };
  } catch (error) {
    dataDir.remove();
    throw error;
  }
}
