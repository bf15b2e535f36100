// The worker's side of the pool: one shard, its port, and the link to the main thread.
// Runs once per worker, from the application's shard module; never on the main thread.

import { parentPort, workerData } from "node:worker_threads";
import { type Protocol, startTimer, type WireMessage } from "@maru/protocol";
import { assert } from "../base/assert.ts";
import { Counters } from "../base/counters.ts";
import { framingsOf } from "../base/framings.ts";
import type { Log } from "../base/log.ts";
import { BatchAcks, GatheredWrites } from "../link/acks.ts";
import { toPosted } from "../link/uplink.ts";
import type { CreateService } from "../service/port.ts";
import { Admission } from "../shard/admission.ts";
import { Shard } from "../shard/shard.ts";
import { startListening } from "./listening-shard.ts";
import { startLocalShard } from "./local.ts";
import { observeDeliver, observeShard, type ShardObserver } from "./observed-shard.ts";
import { stopReason } from "./running-shards.ts";
import type { FromShard, ShardBoot, ToShard } from "./shard-messages.ts";

/**
 * Makes this worker a shard. The whole program of a shard module:
 * `runShard({ protocol })`, and `service` with it for `placement: "shard"`.
 */
export function runShard<C extends WireMessage, S extends WireMessage>(program: {
  readonly protocol: Protocol<C, S>;
  readonly service?: CreateService<C, S>;
  /** Made in this worker, told the number of its shard. */
  readonly observer?: (shard: number) => ShardObserver;
}): void {
  assert(parentPort !== null, "runShard is for the workers that startServer starts");
  const boot = workerData as ShardBoot;
  const { protocol, service } = program as unknown as {
    protocol: Protocol;
    service?: CreateService<WireMessage, WireMessage>;
  };
  const same = protocol.name === boot.protocolName && protocol.version === boot.protocolVersion;
  assert(same, `the shard module speaks ${protocol.name}, the server ${boot.protocolName}`);
  const observer = program.observer?.(boot.index);
  if (boot.placement === "main") return startRemoteShard(protocol, boot, observer);
  assert(service !== undefined, 'placement "shard" needs the service in the shard module');
  startOwnService(protocol, service, boot, observer);
}

function say(message: FromShard): void {
  parentPort?.postMessage(message);
}

const log: Log = (level, event, fields = {}) => say({ kind: "log", level, event, fields });

/** A bug ends this worker; the pool starts another. */
function rethrow(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}

function startRemoteShard(protocol: Protocol, boot: ShardBoot, observer?: ShardObserver): void {
  const { limits, index } = boot;
  const acks = new BatchAcks((acked) => say({ kind: "uplink", batch: null, acked }));
  const own = new Shard({
    protocol,
    framings: framingsOf(protocol, boot.webSocket),
    limits,
    log,
    counters: new Counters(boot.counters),
    admission: new Admission({
      memory: boot.admission,
      shard: index,
      maxConnections: limits.maxConnections,
      maxConnectionsPerIp: limits.maxConnectionsPerIp,
    }),
    posted: true,
    deliver: observeDeliver(observer, true, (batch) =>
      say({ kind: "uplink", batch: toPosted(batch), acked: acks.take() }),
    ),
    now: () => performance.now(),
    defer: setImmediate,
    after: (ms, run) => void startTimer(ms, run, { isBackground: true }),
  });
  const shard = observeShard(own, observer);
  const listening = startListening(shard, { ...boot, sharePort: true, onBug: rethrow });
  const writes = new GatheredWrites(shard, acks);
  parentPort?.on("message", (message: ToShard) => {
    if (message.kind === "downlink") return writes.take(message.batch);
    if (message.kind === "refuse") return listening.refuse();
    listening
      .close(() => stopReason(message), !message.hasFailed)
      .then(() => {
        acks.stop();
        leave();
      });
  });
  say({ kind: "ready", hostname: listening.hostname, port: listening.port });
}

function startOwnService(
  protocol: Protocol,
  createService: CreateService<WireMessage, WireMessage>,
  boot: ShardBoot,
  observer?: ShardObserver,
): void {
  const shard = startLocalShard({
    ...boot,
    protocol,
    createService,
    counters: new Counters(boot.counters),
    admission: { memory: boot.admission, shard: boot.index },
    log,
    sharePort: true,
    onBug: rethrow,
    observer,
  });
  parentPort?.on("message", (message: ToShard) => {
    if (message.kind !== "stop") return;
    // What the service throws while it finishes ends this worker as any bug does, when all is closed.
    shard.stop(message).then(() => leave());
  });
  say({ kind: "ready", hostname: shard.hostname, port: shard.port });
}

/** The worker ends when nothing keeps it: the port to the main thread is the last thing that does. */
function leave(): void {
  say({ kind: "stopped" });
  parentPort?.close();
}
