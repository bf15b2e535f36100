// A start of Maru: how long it takes from the spawning of the process to the first connection's
// `welcome`, with whatever is in its data directory, and how much memory is resident then.

import { createScratchDir } from "../harness/places.ts";
import { type Flags, startMaru } from "../harness/server.ts";
import { memoryUsage } from "../harness/usage.ts";
import { WireClient } from "../harness/wire-client.ts";

export interface Start {
  readonly ms: number;
  readonly residentBytes: number;
}

/** Ended in order, before it resolves. Without `data` it has an empty directory of its own. */
export async function measureStart(flags: Flags): Promise<Start> {
  using fresh = createScratchDir();
  const beganMs = performance.now();
  const server = await startMaru({ data: fresh.path, ...flags });
  try {
    const client = await WireClient.greet(server.port, "first");
    const ms = performance.now() - beganMs;
    const { residentBytes } = memoryUsage(server.pid);
    client.close();
    return { ms, residentBytes };
  } finally {
    await server.stop();
  }
}
