// What a shard of a simulated server is made of, wherever it lives.

import type { EngineLimits } from "@maru/core";
import type { Shard, ShardOptions } from "@maru/core/simulation";
import { Admission, Counters, clearAdmission, createAdmissionMemory } from "@maru/core/simulation";
import type { Protocol } from "@maru/protocol";
import { chatProtocol } from "@maru/protocol/chat";
import type { SeededRandom } from "@maru/testkit";
import type { World } from "../world.ts";

/** The engine's part of a shard's options; how it delivers and defers is its place's. */
export type PlacedOptions = Omit<ShardOptions, "posted" | "deliver" | "defer">;

export interface ShardParts {
  readonly random: SeededRandom;
  readonly now: () => number;
  /** Timers of this life of the server. */
  readonly after: (ms: number, run: () => void) => void;
  shardOptions(index: number): PlacedOptions;
  clearAdmission(index: number): void;
  /** Sweeps a shard regularly, as long as it lives. */
  sweep(shard: Shard, isAlive: () => boolean): void;
}

export function createShardParts(
  world: World,
  limits: EngineLimits,
  after: ShardParts["after"],
): ShardParts {
  const { clock, random, statistics, trace } = world;
  const now = () => clock.nowMs();
  const memory = createAdmissionMemory(Math.max(1, world.plan.shards));
  const caps = {
    maxConnections: limits.maxConnections,
    maxConnectionsPerIp: limits.maxConnectionsPerIp,
  };
  return {
    random,
    now,
    after,
    shardOptions: (shard) => ({
      protocol: chatProtocol as unknown as Protocol,
      limits,
      admission: new Admission({ memory, shard, ...caps }),
      counters: new Counters(),
      log(_level, event) {
        trace.note(`shard ${shard}: ${event}`);
        if (event === "connection.slow") statistics.slowConsumers += 1;
      },
      now,
    }),
    clearAdmission: (index) => clearAdmission(memory, index),
    sweep(shard, isAlive) {
      const sweep = () => {
        if (!isAlive()) return;
        shard.sweep();
        after(limits.sweepMs, sweep);
      };
      after(limits.sweepMs, sweep);
    },
  };
}
