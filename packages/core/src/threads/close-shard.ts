// The orderly end of a shard, on whatever thread it lives.

import { type CloseReason, startTimer } from "@maru/protocol";
import type { Shard } from "../shard/shard.ts";
import type { Listener } from "../socket/listener.ts";

/** How often the remaining connections are counted, in milliseconds. */
const pollMs = 10;
/** What the sockets that were ended at the deadline may take to say so, in milliseconds. */
const endMs = 1_000;

/**
 * Stops accepting, tells every peer, and resolves when all have gone. Who hasn't gone after `drainMs`
 * is ended.
 */
export async function closeShard(
  shard: Shard,
  listener: Listener,
  reasonFor: () => CloseReason,
  drainMs: number,
): Promise<void> {
  listener.stop();
  shard.stop(reasonFor);
  const deadline = performance.now() + drainMs;
  while (shard.connectionCount > 0 && performance.now() < deadline + endMs) {
    await new Promise<void>((resolve) => startTimer(pollMs, resolve));
    // Not left to the shard's regular sweep, which may be far off.
    if (performance.now() >= deadline) shard.sweep();
  }
}
