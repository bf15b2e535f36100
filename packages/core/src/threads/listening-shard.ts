// A shard with its port, on whatever thread: swept regularly while it lives, and its orderly end.

import { type CloseReason, startInterval, startTimer } from "@maru/protocol";
import type { EngineLimits } from "../base/limits.ts";
import { listen } from "../socket/listener.ts";
import type { ShardPort } from "./observed-shard.ts";
import { StormCollector } from "./storm-collector.ts";

export interface ListeningOptions {
  readonly limits: EngineLimits;
  readonly hostname: string;
  readonly port: number;
  readonly sharePort: boolean;
  readonly onBug: (error: Error) => void;
}

export interface ListeningShard {
  readonly hostname: string;
  readonly port: number;
  /** Accepts no more connections; those that are there stay. */
  refuse(): void;
  /**
   * Stops accepting, tells every peer, and resolves when all have gone. Who hasn't gone after drainMs
   * is ended. Unless answers to what was asked before may still come, none is waited for.
   */
  close(reasonFor: () => CloseReason, isAnswering?: boolean): Promise<void>;
}

/** How often the remaining connections are counted, in milliseconds. */
const pollMs = 10;
/** What the sockets that were ended at the deadline may take to say so, in milliseconds. */
const endMs = 1_000;

/** Throws when the port can't be had. */
export function startListening(shard: ShardPort, options: ListeningOptions): ListeningShard {
  const { sweepMs, drainMs } = options.limits;
  const listener = listen(shard, options, options.onBug);
  const collector = new StormCollector();
  const stopSweeping = startInterval(sweepMs, () => {
    shard.sweep();
    collector.look(shard.connectionCount);
  });
  return {
    hostname: listener.hostname,
    port: listener.port,
    refuse: () => listener.stop(),
    async close(reasonFor, isAnswering = true) {
      listener.stop();
      shard.stop(reasonFor, isAnswering);
      const deadline = performance.now() + drainMs;
      while (shard.connectionCount > 0 && performance.now() < deadline + endMs) {
        await new Promise<void>((resolve) => startTimer(pollMs, resolve));
        // Not left to the shard's regular sweep, which may be far off.
        if (performance.now() >= deadline) shard.sweep();
      }
      stopSweeping();
    },
  };
}
