// `workers: 0`: one shard and its service on the caller's thread. For embedding, tests, tiny machines.

import { Counters } from "../base/counters.ts";
import { createAdmissionMemory } from "../shard/admission.ts";
import { startLocalShard } from "./local.ts";
import { type RunningShards, type ShardsOptions, shutdownReason } from "./running-shards.ts";

export function startLocalServer(options: ShardsOptions): RunningShards {
  const counters = new Counters();
  const shard = startLocalShard({
    ...options,
    counters,
    admission: { memory: createAdmissionMemory(1), shard: 0 },
    sharePort: false,
  });
  return {
    hostname: shard.hostname,
    port: shard.port,
    counters: () => [counters.read()],
    stop: (reconnectWithinMs) => shard.stop(() => shutdownReason(reconnectWithinMs)),
    killShard: () => Promise.reject(new Error("the only shard is this thread")),
  };
}
