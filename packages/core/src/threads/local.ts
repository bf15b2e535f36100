// A shard on the service's own thread: `workers: 0`, and `placement: "shard"` inside a worker. The same
// shard and the same host as across threads; only the hop is missing. Neither runs inside the other:
// a turn is the shard's end of tick, then the host's tick, then what that made for the shard.

import { type Protocol, startTimer, systemClose, type WireMessage } from "@maru/protocol";
import { Counters } from "../base/counters.ts";
import { framingsOf, type WebSocketOptions } from "../base/framings.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import type { DownlinkBatch } from "../link/downlink.ts";
import { ServiceHost } from "../service/host.ts";
import type { CreateService, WhenServiceThrows } from "../service/port.ts";
import { Admission, createAdmissionMemory } from "../shard/admission.ts";
import { Shard } from "../shard/shard.ts";
import { startListening } from "./listening-shard.ts";
import { observeDeliver, observeShard, type ShardObserver } from "./observed-shard.ts";
import {
  finishService,
  guardedDefer,
  type RunningShards,
  type ShardsOptions,
  type StopOptions,
  stopReason,
} from "./running-shards.ts";

export interface LocalShardOptions {
  readonly protocol: Protocol;
  readonly limits: EngineLimits;
  readonly createService: CreateService<WireMessage, WireMessage>;
  readonly counters: Counters;
  readonly admission: { readonly memory: SharedArrayBuffer; readonly shard: number };
  readonly log: Log;
  readonly hostname: string;
  readonly port: number;
  readonly webSocket: WebSocketOptions | null;
  readonly sharePort: boolean;
  readonly onBug: (error: Error) => void;
  readonly observer?: ShardObserver | undefined;
  readonly whenServiceThrows: WhenServiceThrows;
}

export interface LocalShard {
  readonly hostname: string;
  readonly port: number;
  /** Lets the service finish, closes every connection and resolves when all have taken their last bytes, or the time is up. */
  stop(options: StopOptions): Promise<void>;
}

export function startLocalShard(options: LocalShardOptions): LocalShard {
  const { limits, protocol, observer } = options;
  const framings = framingsOf(protocol, options.webSocket);
  /** What our own code or the service threw: nothing of this shard is served half. */
  const onBug = (error: Error) => {
    host.fail();
    const closed = listening.close(() => systemClose("internal_error"), false);
    closed.catch(options.onBug);
    options.onBug(error);
  };
  const defer = guardedDefer(onBug);
  const made: DownlinkBatch[] = [];
  const handOver = () => {
    for (let batch = made.shift(); batch !== undefined; batch = made.shift()) {
      shard.apply(batch);
      shard.flush();
      host.acknowledge(0, batch.batch);
    }
  };
  const host = new ServiceHost({
    ...options,
    framings,
    deliver: [(batch) => made.push(batch)],
    defer: (tick) =>
      defer(() => {
        tick();
        handOver();
      }),
  });
  const own = new Shard({
    protocol,
    framings,
    limits,
    counters: options.counters,
    log: options.log,
    admission: new Admission({
      ...options.admission,
      maxConnections: limits.maxConnections,
      maxConnectionsPerIp: limits.maxConnectionsPerIp,
    }),
    posted: false,
    deliver: observeDeliver(observer, false, (batch) => host.receive(0, batch)),
    now: () => performance.now(),
    defer: (endTick) =>
      defer(() => {
        endTick();
        host.tick();
        handOver();
      }),
    after: (ms, run) => void startTimer(ms, run, { isBackground: true }),
  });
  const shard = observeShard(own, observer);
  const listening = startListening(shard, { ...options, onBug });
  return {
    hostname: listening.hostname,
    port: listening.port,
    async stop(how) {
      listening.refuse();
      try {
        await finishService(host, how.finishWithinMs, options.log);
      } finally {
        handOver();
        await listening.close(() => stopReason(how));
        const stopped = host.stop();
        handOver();
        await stopped;
      }
    },
  };
}

/** `workers: 0`: one shard and its service on the caller's thread. For embedding, tests, tiny machines. */
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
    stop: (how) => shard.stop(how),
    killShard: () => Promise.reject(new Error("the only shard is this thread")),
  };
}
