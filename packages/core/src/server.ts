// The engine's one entry: composes a service, its shards and their port into a running server.
// Decides where the service runs; everything else is the parts' own.

import { type Protocol, timerMsMax, type WireMessage } from "@maru/protocol";
import { type CounterValues, sumCounters } from "./base/counters.ts";
import { framingsOf, type WebSocketOptions } from "./base/framings.ts";
import { type EngineLimits, resolveLimits } from "./base/limits.ts";
import { type Log, silentLog } from "./base/log.ts";
import { requestAsLength } from "./connection/first-bytes.ts";
import type { CreateService, WhenServiceThrows } from "./service/port.ts";
import { assertPortIsFree } from "./socket/listener.ts";
import { startLocalServer } from "./threads/local.ts";
import type { ShardObserver } from "./threads/observed-shard.ts";
import type { RunningShards, ShardsOptions } from "./threads/running-shards.ts";
import { startShardPool } from "./threads/shard-pool.ts";

/** What the server speaks and what speaks it: a service made by `serve`, or one with its protocol. */
type Spoken<C extends WireMessage, S extends WireMessage> =
  | {
      readonly service: CreateService<C, S> & { readonly protocol: Protocol<C, S> };
      readonly protocol?: undefined;
    }
  | { readonly service: CreateService<C, S>; readonly protocol: Protocol<C, S> };

/**
 * `workers`: threads that own sockets; 0 (the default): everything on this one. `shard`: the module that
 * each of them runs, a file that calls `runShard` with the same protocol. Schemas are code, so a worker
 * imports them; they can't be sent to it.
 */
type Threads =
  | { readonly workers?: 0; readonly shard?: URL }
  | { readonly workers?: number; readonly shard: URL };

export type ServerOptions<C extends WireMessage, S extends WireMessage> = Spoken<C, S> &
  Threads &
  CommonOptions<C>;

interface CommonOptions<C extends WireMessage> {
  /**
   * Defaults: 127.0.0.1, and a free port. With `webSocket` a connection that begins with "GET " is a
   * request for one; without, that is what it ever was, a frame out of bounds.
   */
  readonly listen?: {
    readonly hostname?: string;
    readonly port?: number;
    readonly webSocket?: WebSocketOptions;
  };
  /**
   * "main" (the default): one service for all shards, on this thread. "shard": one in every shard,
   * for services whose sessions don't need each other; it is then made where the shard is.
   */
  readonly placement?: "main" | "shard";
  readonly limits?: Partial<EngineLimits<NoInfer<C>["type"]>>;
  readonly log?: Log;
  /** "end" (the default), or "close-session". */
  readonly whenServiceThrows?: WhenServiceThrows;
  /**
   * Called with what the service or our own code threw on this thread, when the server has begun to
   * close all that there is: `stop` tells when that is done. The default rethrows it as uncaught.
   */
  readonly onBug?: (error: Error) => void;
  /** Sees what the shard of `workers: 0` does; a shard module gives its own to `runShard`. */
  readonly observer?: ShardObserver | undefined;
}

export interface ServerStopOptions {
  /** Spreads the peers' return over so many milliseconds; 0, the default, lets all come at once. */
  readonly reconnectWithinMs?: number;
  /** Milliseconds that `Service.stopping` may take; limits.drainMs, unless given. */
  readonly finishWithinMs?: number;
}

export interface Server {
  readonly hostname: string;
  readonly port: number;
  /** Sums over all shards, as of now. */
  counters(): CounterValues;
  /**
   * Accepts no more connections, lets the service finish (`Service.stopping`) for up to
   * `finishWithinMs`, then tells every peer to go and waits for what they were already given to arrive,
   * at most limits.drainMs and a little, and ends the service (`Service.stop`). Rejects with what
   * the service throws, when all of that is done. A second call changes nothing, and gives the same.
   */
  stop(options?: ServerStopOptions): Promise<void>;
  /** Ends worker `index` at once, as a crash would: for tests of what follows. */
  killShard(index: number): Promise<void>;
}

/** Resolves when the port accepts connections; rejects when it can't be had or a shard can't start. */
export async function startServer<C extends WireMessage, S extends WireMessage>(
  options: ServerOptions<C, S>,
): Promise<Server> {
  const resolved = resolve(options as unknown as AnyOptions);
  assertPortIsFree(resolved.hostname, resolved.port);
  const running = await startShards(resolved, options.shard);
  let stopped: Promise<void> | null = null;
  return {
    hostname: running.hostname,
    port: running.port,
    counters: () => sumCounters(running.counters()),
    async stop({ reconnectWithinMs = 0, finishWithinMs = resolved.limits.drainMs } = {}) {
      if (!(finishWithinMs >= 0 && finishWithinMs <= timerMsMax)) {
        throw new RangeError(`finishWithinMs must be from 0 to ${timerMsMax}`);
      }
      stopped ??= running.stop({ reconnectWithinMs, finishWithinMs });
      await stopped;
    },
    killShard: (index) => running.killShard(index),
  };
}

type AnyOptions = ServerOptions<WireMessage, WireMessage>;

function resolve(options: AnyOptions): ShardsOptions {
  const protocol = options.protocol ?? options.service.protocol;
  const webSocket = options.listen?.webSocket ?? null;
  const framings = framingsOf(protocol, webSocket);
  const limits = resolveLimits(options.limits, ...framings);
  if (webSocket !== null && limits.frameBytes >= requestAsLength) {
    throw new RangeError(`limits: with a WebSocket frameBytes must be below ${requestAsLength}`);
  }
  return {
    protocol,
    createService: options.service,
    hostname: options.listen?.hostname ?? "127.0.0.1",
    port: options.listen?.port ?? 0,
    workers: options.workers ?? 0,
    placement: options.placement ?? "main",
    webSocket,
    limits,
    log: options.log ?? silentLog,
    observer: options.observer,
    whenServiceThrows: options.whenServiceThrows ?? "end",
    onBug:
      options.onBug ??
      ((error) => {
        queueMicrotask(() => {
          throw error;
        });
      }),
  };
}

async function startShards(options: ShardsOptions, shard?: URL): Promise<RunningShards> {
  if (options.workers === 0) return startLocalServer(options);
  if (shard === undefined) {
    throw new TypeError(
      `workers: ${options.workers} needs \`shard\`, the URL of a module that calls runShard()`,
    );
  }
  if (options.placement === "main" && !options.protocol.client.isText) {
    throw new TypeError('raw bytes do not cross threads: use placement "shard", or workers: 0');
  }
  return startShardPool(options, shard);
}
