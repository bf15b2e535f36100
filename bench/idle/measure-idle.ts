// One idle measurement: a fresh server, its memory before and after the crowd, and one guest more.
// Ends the server and lets the crowd go, whatever happens.

import { type Headcount, holdConnections } from "../load/hold-connections.ts";
import type { Candidate } from "../servers/candidate.ts";
import { type MemoryUsage, memoryUsage } from "../stage/process-usage.ts";
import type { IdleOptions } from "./options.ts";

export interface IdleMeasurement {
  readonly candidate: string;
  readonly before: MemoryUsage;
  readonly after: MemoryUsage;
  readonly crowd: Headcount;
  /** What one connection beyond the crowd was told. */
  readonly oneMore: Headcount;
  readonly released: Headcount;
  /** Resident bytes that the crowd added, by connection held. */
  readonly bytesPerConnection: number;
}

export async function measureIdle(
  candidate: Candidate,
  load: string,
  { connections, rooms, settleSeconds }: IdleOptions,
): Promise<IdleMeasurement> {
  const server = await candidate.start({ connectionsMax: connections });
  const hold = (crowd: { connections: number; first: number }) =>
    holdConnections(load, candidate.dialect, server.port, { ...crowd, rooms });
  try {
    await Bun.sleep(settleSeconds * 1000);
    const before = memoryUsage(server.pid);
    const crowd = await hold({ connections, first: 0 });
    await Bun.sleep(settleSeconds * 1000);
    const after = memoryUsage(server.pid);
    const oneMore = await hold({ connections: 1, first: connections });
    await oneMore.release();
    const released = await crowd.release();
    const added = after.residentBytes - before.residentBytes;
    return {
      candidate: candidate.name,
      before,
      after,
      crowd: crowd.atFirst,
      oneMore: oneMore.atFirst,
      released,
      bytesPerConnection: added / crowd.atFirst.held,
    };
  } finally {
    await server.stop();
  }
}
