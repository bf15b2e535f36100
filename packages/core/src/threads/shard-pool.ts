// `workers: N`: N long-lived shards in threads of their own, and the service here (or in each).
// Watches over them: one that dies is logged, its sessions are closed, and another takes its place.

import { startInterval, startTimer } from "@maru/protocol";
import { Counters } from "../base/counters.ts";
import { fromPosted } from "../link/uplink.ts";
import { ServiceHost } from "../service/host.ts";
import { clearAdmission, createAdmissionMemory } from "../shard/admission.ts";
import { guardedDefer } from "./guarded-defer.ts";
import { RespawnDelay } from "./respawn-delay.ts";
import type { RunningShards, ShardsOptions } from "./running-shards.ts";
import type { FromShard, ShardBoot } from "./shard-messages.ts";
import { StormCollector } from "./storm-collector.ts";
import { WorkerSlot } from "./supervised-worker.ts";

/** On top of drainMs: what a worker may take to stop before it is killed. */
const stopGraceMs = 2_000;

class WorkerServer implements RunningShards {
  hostname: string;
  port: number;
  readonly #options: ShardsOptions;
  readonly #slots: WorkerSlot[];
  readonly #counters: Counters[];
  readonly #delays: RespawnDelay[];
  readonly #admission: SharedArrayBuffer;
  readonly #host: ServiceHost | null;
  readonly #collector = new StormCollector();
  #stopLooking: (() => void) | undefined;
  #stopping = false;

  constructor(options: ShardsOptions, module: URL) {
    const indexes = Array.from({ length: options.workers }, (_, index) => index);
    this.#options = options;
    this.hostname = options.hostname;
    this.port = options.port;
    this.#counters = indexes.map(() => new Counters());
    this.#delays = indexes.map(() => new RespawnDelay());
    this.#admission = createAdmissionMemory(options.workers);
    this.#slots = indexes.map(
      (index) =>
        new WorkerSlot(module, {
          message: (message) => this.#heard(index, message),
          lost: (cause) => this.#lost(index, cause),
        }),
    );
    this.#host =
      options.placement === "shard"
        ? null
        : new ServiceHost({
            ...options,
            deliver: this.#slots.map((slot) => (batch) => slot.post({ kind: "downlink", batch })),
            defer: guardedDefer(options.onBug),
          });
  }

  /** The first worker finds the port, the others share it. */
  async start(): Promise<void> {
    const first = await this.#startSlot(0);
    this.hostname = first.hostname;
    this.port = first.port;
    await Promise.all(this.#slots.slice(1).map((_, index) => this.#startSlot(index + 1)));
    // The sessions stand on this thread, and have a heap of their own.
    this.#stopLooking = startInterval(this.#options.limits.sweepMs, () => {
      const open = this.counters().reduce((sum, { connectionsOpen }) => sum + connectionsOpen, 0);
      this.#collector.look(open);
    });
  }

  counters() {
    return this.#counters.map((counters) => counters.read());
  }

  async stop(reconnectWithinMs: number): Promise<void> {
    this.#stopping = true;
    this.#stopLooking?.();
    const deadlineMs = this.#options.limits.drainMs + stopGraceMs;
    await Promise.all(this.#slots.map((slot) => slot.stop(reconnectWithinMs, deadlineMs)));
    await this.#host?.stop();
  }

  async killShard(index: number): Promise<void> {
    await this.#slots[index]?.kill();
  }

  #startSlot(index: number) {
    const { protocol, limits, placement } = this.#options;
    const boot: ShardBoot = {
      index,
      hostname: this.hostname,
      port: this.port,
      placement,
      protocolName: protocol.name,
      protocolVersion: protocol.version,
      limits,
      counters: (this.#counters[index] as Counters).memory,
      admission: this.#admission,
    };
    (this.#delays[index] as RespawnDelay).started();
    return (this.#slots[index] as WorkerSlot).start(boot);
  }

  #heard(index: number, message: FromShard): void {
    if (message.kind === "log") {
      this.#options.log(message.level, message.event, { shard: index, ...message.fields });
    } else if (message.kind === "uplink") {
      if (message.batch !== null) this.#host?.receive(index, fromPosted(message.batch));
      this.#host?.acknowledge(index, message.acked);
    }
  }

  #lost(index: number, cause: string): void {
    this.#options.log("error", "shard.lost", { shard: index, cause });
    clearAdmission(this.#admission, index);
    (this.#counters[index] as Counters).set("connectionsOpen", 0);
    this.#host?.shardLost(index);
    this.#respawnLater(index);
  }

  #respawnLater(index: number): void {
    if (this.#stopping) return;
    const waitMs = (this.#delays[index] as RespawnDelay).lost();
    startTimer(waitMs, () => void this.#respawn(index));
  }

  async #respawn(index: number): Promise<void> {
    if (this.#stopping) return;
    try {
      await this.#startSlot(index);
      this.#host?.shardReplaced(index);
      this.#options.log("info", "shard.respawned", { shard: index });
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      this.#options.log("error", "shard.respawn-failed", { shard: index, cause });
      this.#respawnLater(index);
    }
  }
}

export async function startWorkerServer(
  options: ShardsOptions,
  module: URL,
): Promise<RunningShards> {
  const server = new WorkerServer(options, module);
  try {
    await server.start();
  } catch (error) {
    await server.stop(0);
    throw error;
  }
  return server;
}
