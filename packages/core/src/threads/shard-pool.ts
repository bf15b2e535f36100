// `workers: N`: N long-lived shards in threads of their own, and the service here (or in each).
// Watches over them: one that dies is logged, its sessions are closed, and another takes its place.

import { startInterval } from "@maru/protocol";
import { assertNever } from "../base/assert.ts";
import { Counters } from "../base/counters.ts";
import { framingsOf } from "../base/framings.ts";
import { fromPosted } from "../link/uplink.ts";
import { ServiceHost } from "../service/host.ts";
import { clearAdmission, createAdmissionMemory } from "../shard/admission.ts";
import {
  finishService,
  guardedDefer,
  type RunningShards,
  type ShardsOptions,
  type StopOptions,
} from "./running-shards.ts";
import type { FromShard, ShardBoot, ToShard } from "./shard-messages.ts";
import { StormCollector } from "./storm-collector.ts";
import { causeOfEnd, SupervisedWorker, type WorkerEnd } from "./supervised-worker.ts";

/** On top of drainMs: what a worker may take to stop before it is killed. */
const stopGraceMs = 2_000;

type ShardWorker = SupervisedWorker<ToShard, FromShard>;
type Ready = Extract<FromShard, { kind: "ready" }>;
/** A first start that `start` waits for. */
type Starting = Pick<PromiseWithResolvers<Ready>, "resolve" | "reject">;

class ShardPool implements RunningShards {
  hostname: string;
  port: number;
  readonly #options: ShardsOptions;
  readonly #workers: ShardWorker[];
  readonly #counters: Counters[];
  /** Those whose first start is under way, by index. */
  readonly #starting = new Map<number, Starting>();
  readonly #admission: SharedArrayBuffer;
  readonly #host: ServiceHost | null;
  readonly #collector = new StormCollector();
  #stopLooking: (() => void) | undefined;
  /** No connection is accepted any more, and no worker that dies gets a successor that would. */
  #isStopping = false;

  constructor(options: ShardsOptions, module: URL) {
    const indexes = Array.from({ length: options.workers }, (_, index) => index);
    this.#options = options;
    this.hostname = options.hostname;
    this.port = options.port;
    this.#counters = indexes.map(() => new Counters());
    this.#admission = createAdmissionMemory(options.workers);
    this.#workers = indexes.map((index) => this.#createWorker(index, module));
    this.#host =
      options.placement === "shard"
        ? null
        : new ServiceHost({
            ...options,
            framings: framingsOf(options.protocol, options.webSocket),
            deliver: this.#workers.map(
              (worker) => (batch) => worker.post({ kind: "downlink", batch }),
            ),
            defer: guardedDefer((error) => this.#failed(error)),
          });
  }

  /** The first worker finds the port, the others share it. */
  async start(): Promise<void> {
    const first = await this.#startFirst(0);
    this.hostname = first.hostname;
    this.port = first.port;
    await Promise.all(this.#workers.slice(1).map((_, index) => this.#startFirst(index + 1)));
    // The sessions stand on this thread, and have a heap of their own.
    this.#stopLooking = startInterval(this.#options.limits.sweepMs, () => {
      const open = this.counters().reduce((sum, { connectionsOpen }) => sum + connectionsOpen, 0);
      this.#collector.look(open);
    });
  }

  counters() {
    return this.#counters.map((counters) => counters.read());
  }

  async stop(options: StopOptions): Promise<void> {
    this.#isStopping = true;
    try {
      if (this.#host !== null) await this.#finish(this.#host, options);
    } finally {
      await this.end(options);
    }
  }

  /** Closes every connection, and ends the workers and the service. */
  async end(options: StopOptions): Promise<void> {
    this.#stopLooking?.();
    const { drainMs } = this.#options.limits;
    // A service in the shards finishes there, within the same time.
    const finishMs = this.#host === null ? options.finishWithinMs : 0;
    const deadlineMs = finishMs + drainMs + stopGraceMs;
    const ask: ToShard = { kind: "stop", ...options };
    await Promise.all(this.#workers.map((worker) => worker.stop(ask, deadlineMs)));
    await this.#host?.stop();
  }

  /** The service threw: its state is in doubt, and all that it served is closed. */
  #failed(error: Error): void {
    this.#isStopping = true;
    this.#host?.fail();
    const { onBug } = this.#options;
    this.end({ reconnectWithinMs: 0, finishWithinMs: 0, hasFailed: true }).catch(onBug);
    onBug(error);
  }

  async #finish(host: ServiceHost, { finishWithinMs }: StopOptions): Promise<void> {
    for (const worker of this.#workers) worker.post({ kind: "refuse" });
    await finishService(host, finishWithinMs, this.#options.log);
  }

  async killShard(index: number): Promise<void> {
    await this.#workers[index]?.kill("it was killed");
  }

  #createWorker(index: number, module: URL): ShardWorker {
    return new SupervisedWorker({
      module,
      boot: () => this.#bootOf(index),
      lastWord: "stopped",
      events: {
        message: (message) => this.#heard(index, message),
        ended: (end) => this.#ended(index, end),
      },
    });
  }

  #bootOf(index: number): ShardBoot {
    const { protocol, limits, placement, webSocket, whenServiceThrows } = this.#options;
    return {
      index,
      hostname: this.hostname,
      port: this.port,
      placement,
      whenServiceThrows,
      protocolName: protocol.name,
      protocolVersion: protocol.version,
      webSocket,
      limits,
      counters: (this.#counters[index] as Counters).memory,
      admission: this.#admission,
    };
  }

  /** Resolves with the first word of a worker; rejects if that never comes, and then none follows it. */
  #startFirst(index: number): Promise<Ready> {
    const { promise, resolve, reject } = Promise.withResolvers<Ready>();
    this.#starting.set(index, { resolve, reject });
    (this.#workers[index] as ShardWorker).start();
    return promise;
  }

  #heard(index: number, message: FromShard): void {
    switch (message.kind) {
      case "ready":
        return this.#ready(index, message);
      case "log":
        return this.#log(message.level, message.event, { shard: index, ...message.fields });
      case "uplink":
        if (message.batch !== null) this.#host?.receive(index, fromPosted(message.batch));
        return this.#host?.acknowledge(index, message.acked);
      case "stopped":
        return;
      default:
        return assertNever(message);
    }
  }

  #ready(index: number, ready: Ready): void {
    const starting = this.#starting.get(index);
    if (starting !== undefined) {
      this.#starting.delete(index);
      return starting.resolve(ready);
    }
    if (this.#isStopping) this.#workers[index]?.post({ kind: "refuse" });
    this.#host?.shardReplaced(index);
    this.#log("info", "shard.respawned", { shard: index });
  }

  #ended(index: number, end: WorkerEnd): "respawn" | "rest" {
    const { cause, wasReady, wasAsked } = end;
    const neverRan = cause ?? "the shard module ended without calling runShard";
    const starting = this.#starting.get(index);
    if (starting !== undefined) {
      this.#starting.delete(index);
      starting.reject(new Error(neverRan));
      return "rest";
    }
    if (wasAsked) {
      if (cause !== null) this.#log("error", "shard.stop-failed", { shard: index, cause });
      return "rest";
    }
    if (!wasReady) {
      this.#log("error", "shard.respawn-failed", { shard: index, cause: neverRan });
      return "respawn";
    }
    this.#log("error", "shard.lost", { shard: index, cause: causeOfEnd(end) });
    clearAdmission(this.#admission, index);
    (this.#counters[index] as Counters).set("connectionsOpen", 0);
    this.#host?.shardLost(index);
    return this.#isStopping ? "rest" : "respawn";
  }

  get #log() {
    return this.#options.log;
  }
}

export async function startShardPool(options: ShardsOptions, module: URL): Promise<RunningShards> {
  const pool = new ShardPool(options, module);
  try {
    await pool.start();
  } catch (error) {
    await pool.end({ reconnectWithinMs: 0, finishWithinMs: 0 });
    throw error;
  }
  return pool;
}
