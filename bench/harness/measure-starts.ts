// How long it takes from the spawning of the server to the first connection's `welcome`, with
// whatever is in its data directory, and how much memory is resident then.

import { memoryUsage } from "./process-usage.ts";
import { startMaru } from "./start-maru.ts";
import { WireClient } from "./wire-client.ts";

export interface Start {
  readonly ms: number;
  readonly residentBytes: number;
}

/** One start after the other, each ended in order before the next. */
export async function measureStarts(
  flags: Readonly<Record<string, string>>,
  count: number,
): Promise<Start[]> {
  const starts: Start[] = [];
  while (starts.length < count) starts.push(await measureStart(flags));
  return starts;
}

/** Ended in order, before it resolves. */
export async function measureStart(flags: Readonly<Record<string, string>>): Promise<Start> {
  const beganMs = performance.now();
  const server = await startMaru(flags);
  try {
    const client = await WireClient.greet(server.port, "first");
    const ms = performance.now() - beganMs;
    const { residentBytes } = memoryUsage(server.pid);
    await client.close();
    return { ms, residentBytes };
  } finally {
    await server.stop();
  }
}
