// The orderly end of a shard, on whatever thread it lives.

import type { CloseReason } from "@maru/protocol";
import type { Shard } from "../shard/shard.ts";
import type { Listener } from "../transport/listener.ts";

/** How often the remaining connections are counted, in milliseconds. */
const pollMs = 10;

/**
 * Stops accepting, tells every peer, and resolves when all have gone. `drainMs` after that is asked,
 * the shard's own sweep ends who hasn't, so this takes at most drainMs and one sweep.
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
  while (shard.connectionCount > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
