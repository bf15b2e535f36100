// A shard on the service's own thread (`workers: 0`, and `placement: "shard"` inside a worker).
// The same shard and the same host as across threads; only the hop is missing.

import {
  type CloseReason,
  type Protocol,
  startInterval,
  startTimer,
  type WireMessage,
} from "@maru/protocol";
import type { Counters } from "../base/counters.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import { ServiceHost } from "../service/host.ts";
import type { CreateService } from "../service/port.ts";
import { Admission } from "../shard/admission.ts";
import { Shard } from "../shard/shard.ts";
import { type Listener, listen } from "../socket/listener.ts";
import { closeShard } from "./close-shard.ts";
import { guardedDefer } from "./guarded-defer.ts";
import { StormCollector } from "./storm-collector.ts";

export interface LocalShardOptions {
  readonly protocol: Protocol;
  readonly limits: EngineLimits;
  readonly createService: CreateService<WireMessage, WireMessage>;
  readonly counters: Counters;
  readonly admission: { readonly memory: SharedArrayBuffer; readonly shard: number };
  readonly log: Log;
  readonly hostname: string;
  readonly port: number;
  readonly sharePort: boolean;
  readonly onBug: (error: Error) => void;
}

export interface LocalShard {
  readonly hostname: string;
  readonly port: number;
  readonly host: ServiceHost;
  /** Closes every connection and resolves when all have taken their last bytes, or the time is up. */
  stop(reasonFor: () => CloseReason): Promise<void>;
}

export function startLocalShard(options: LocalShardOptions): LocalShard {
  const { limits, protocol } = options;
  const defer = guardedDefer(options.onBug);
  const host = new ServiceHost({
    protocol,
    limits,
    createService: options.createService,
    deliver: [
      (batch) => {
        shard.apply(batch);
        shard.flush();
        host.acknowledge(0, batch.batch);
      },
    ],
    defer,
  });
  const shard: Shard = new Shard({
    protocol,
    limits,
    counters: options.counters,
    log: options.log,
    admission: new Admission({
      ...options.admission,
      connectionsMax: limits.connections,
      perAddressMax: limits.connectionsPerAddress,
    }),
    posted: false,
    deliver: (batch) => {
      host.receive(0, batch);
      host.tick();
    },
    now: () => performance.now(),
    defer,
    after: (ms, run) => void startTimer(ms, run, { isBackground: true }),
  });
  const listener: Listener = listen(shard, options, options.onBug);
  const collector = new StormCollector();
  const stopSweeping = startInterval(limits.sweepMs, () => {
    shard.sweep();
    collector.look(shard.connectionCount);
  });
  return {
    hostname: listener.hostname,
    port: listener.port,
    host,
    async stop(reasonFor) {
      await closeShard(shard, listener, reasonFor, limits.drainMs);
      await host.stop();
      stopSweeping();
    },
  };
}
