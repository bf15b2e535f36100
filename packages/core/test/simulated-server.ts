// The whole engine without threads, sockets or time: real shards and a real service host, linked by
// queues that a test empties one step at a time, in any order that threads could bring about.
// Batches take the form that they have between threads.

import type { Protocol, WireMessage } from "@maru/protocol";
import { VirtualClock } from "@maru/testkit";
import { Counters } from "../src/base/counters.ts";
import { type Framings, framingsOf } from "../src/base/framings.ts";
import { type EngineLimits, resolveLimits } from "../src/base/limits.ts";
import type { LogFields } from "../src/base/log.ts";
import { silentLog } from "../src/base/log.ts";
import type { DownlinkBatch } from "../src/link/downlink.ts";
import { fromPosted, type PostedUplinkBatch, toPosted } from "../src/link/uplink.ts";
import { ServiceHost } from "../src/service/host.ts";
import type { CreateService } from "../src/service/port.ts";
import { Admission, createAdmissionMemory } from "../src/shard/admission.ts";
import { Shard } from "../src/shard/shard.ts";
import { SimulatedPeer } from "./simulated-peer.ts";

interface Lane {
  shard: Shard;
  readonly deferred: (() => void)[];
  readonly up: { batch: PostedUplinkBatch; acked: number }[];
  readonly down: DownlinkBatch[];
  acked: number;
  told: number;
}

export interface SimulatedOptions<C extends WireMessage, S extends WireMessage> {
  readonly protocol: Protocol<C, S>;
  readonly service: CreateService<C, S>;
  readonly shards?: number;
  readonly limits?: Partial<EngineLimits>;
  /** Its port speaks WebSocket too. */
  readonly hasPages?: boolean;
}

export class SimulatedServer<
  C extends WireMessage = WireMessage,
  S extends WireMessage = WireMessage,
> {
  readonly clock = new VirtualClock(1_000_000);
  readonly counters = new Counters();
  readonly events: { event: string; fields: LogFields }[] = [];
  readonly protocol: Protocol;
  readonly host: ServiceHost;
  readonly lanes: Lane[];
  readonly #hostDeferred: (() => void)[] = [];
  readonly #limits: EngineLimits;
  readonly #framings: Framings;
  readonly #admission: SharedArrayBuffer;

  constructor(options: SimulatedOptions<C, S>) {
    const count = options.shards ?? 1;
    this.protocol = options.protocol as unknown as Protocol;
    this.#limits = resolveLimits(options.limits);
    this.#framings = framingsOf(this.protocol, options.hasPages ? { origins: [] } : null);
    this.#admission = createAdmissionMemory(count);
    this.lanes = Array.from({ length: count }, (_, index) => this.#createLane(index));
    this.host = new ServiceHost({
      protocol: this.protocol,
      framings: this.#framings,
      limits: this.#limits,
      log: silentLog,
      createService: options.service as unknown as CreateService<WireMessage, WireMessage>,
      deliver: this.lanes.map((lane) => (batch) => lane.down.push(batch)),
      defer: (callback) => this.#hostDeferred.push(callback),
    });
  }

  /** `address: null`: the socket is gone before it could be asked. */
  connect(
    options: { shard?: number; address?: string | null; isPage?: boolean } = {},
  ): SimulatedPeer {
    const { shard } = this.lanes[options.shard ?? 0] as Lane;
    const { address = "127.0.0.1", isPage = false } = options;
    return new SimulatedPeer(shard, address, isPage);
  }

  /** Everything that could happen next, each as a function that makes it happen. */
  possibleSteps(): (() => void)[] {
    const steps: (() => void)[] = [];
    for (const lane of this.lanes) {
      if (lane.deferred.length > 0) steps.push(() => lane.deferred.shift()?.());
      if (lane.up.length > 0) steps.push(() => this.#takeUp(lane));
      if (lane.down.length > 0) steps.push(() => this.#takeDown(lane));
      if (lane.acked > lane.told) steps.push(() => this.#tellAcked(lane));
    }
    if (this.#hostDeferred.length > 0) steps.push(() => this.#hostDeferred.shift()?.());
    return steps;
  }

  /** Lets everything happen until nothing is left to happen. */
  settle(choose: (count: number) => number = () => 0): void {
    for (let steps = this.possibleSteps(); steps.length > 0; steps = this.possibleSteps()) {
      (steps[choose(steps.length)] as () => void)();
    }
  }

  /** Lets time pass, with a sweep of every shard at each step of sweepMs, and everything settle. */
  pass(ms: number): void {
    for (let left = ms; left > 0; left -= this.#limits.sweepMs) {
      this.clock.advance(Math.min(left, this.#limits.sweepMs));
      for (const { shard } of this.lanes) shard.sweep();
      this.settle();
    }
  }

  /** Ends a shard as a crash would; its successor is empty. */
  crash(index: number): void {
    const lane = this.lanes[index] as Lane;
    for (const queue of [lane.deferred, lane.up, lane.down]) queue.length = 0;
    this.host.shardLost(index);
    Object.assign(lane, { shard: this.#createShard(index, () => lane), acked: 0, told: 0 });
    this.host.shardReplaced(index);
  }

  #createLane(index: number): Lane {
    const lane: Lane = {
      shard: this.#createShard(index, () => lane),
      deferred: [],
      up: [],
      down: [],
      acked: 0,
      told: 0,
    };
    return lane;
  }

  #createShard(index: number, lane: () => Lane): Shard {
    return new Shard({
      protocol: this.protocol,
      framings: this.#framings,
      limits: this.#limits,
      admission: new Admission({
        memory: this.#admission,
        shard: index,
        maxConnections: this.#limits.maxConnections,
        maxConnectionsPerIp: this.#limits.maxConnectionsPerIp,
      }),
      counters: this.counters,
      log: (_level, event, fields = {}) => this.events.push({ event, fields }),
      posted: true,
      deliver: (batch) =>
        lane().up.push({ batch: structuredClone(toPosted(batch)), acked: lane().acked }),
      now: this.clock.nowMs,
      defer: (callback) => lane().deferred.push(callback),
    });
  }

  #takeUp(lane: Lane): void {
    const { batch, acked } = lane.up.shift() as Lane["up"][number];
    const index = this.lanes.indexOf(lane);
    this.host.receive(index, fromPosted(batch));
    this.host.acknowledge(index, acked);
    lane.told = Math.max(lane.told, acked);
  }

  #takeDown(lane: Lane): void {
    const batch = lane.down.shift() as DownlinkBatch;
    lane.shard.apply(batch);
    lane.shard.flush();
    lane.acked = batch.batch;
  }

  #tellAcked(lane: Lane): void {
    lane.told = lane.acked;
    this.host.acknowledge(this.lanes.indexOf(lane), lane.acked);
  }
}
