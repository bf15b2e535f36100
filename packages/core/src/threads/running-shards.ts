// What every placement of shards takes and gives: the seam between server.ts and the ways to run it.

import { type CloseReason, type Protocol, systemClose, type WireMessage } from "@maru/protocol";
import type { CounterValues } from "../base/counters.ts";
import type { WebSocketOptions } from "../base/framings.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import type { ServiceHost } from "../service/host.ts";
import type { CreateService, WhenServiceThrows } from "../service/port.ts";
import type { ShardObserver } from "./observed-shard.ts";

export interface ShardsOptions {
  readonly protocol: Protocol;
  readonly createService: CreateService<WireMessage, WireMessage>;
  readonly hostname: string;
  readonly port: number;
  readonly webSocket: WebSocketOptions | null;
  readonly workers: number;
  readonly placement: "main" | "shard";
  readonly limits: EngineLimits;
  readonly log: Log;
  readonly onBug: (error: Error) => void;
  readonly observer: ShardObserver | undefined;
  readonly whenServiceThrows: WhenServiceThrows;
}

/** How a server stops; both in milliseconds. */
export interface StopOptions {
  /** Peers are told to come back at a moment of their own within this time. */
  readonly reconnectWithinMs: number;
  /** What the service may take to finish before its sessions are closed. */
  readonly finishWithinMs: number;
  /** The service has thrown: peers are told that, and no answers are waited for. */
  readonly hasFailed?: boolean;
}

export interface RunningShards {
  readonly hostname: string;
  readonly port: number;
  counters(): CounterValues[];
  stop(options: StopOptions): Promise<void>;
  killShard(index: number): Promise<void>;
}

/** The farewells of a stopping server: each peer gets its own time to come back. */
export function stopReason({ reconnectWithinMs, hasFailed = false }: StopOptions): CloseReason {
  if (hasFailed) return systemClose("internal_error");
  return systemClose("shutdown", undefined, Math.floor(Math.random() * reconnectWithinMs));
}

/** Lets a service finish, which is logged if the time was not enough; rejects with what it throws. */
export async function finishService(
  host: Pick<ServiceHost, "stopping">,
  finishWithinMs: number,
  log: Log,
): Promise<void> {
  if (!(await host.stopping(finishWithinMs))) log("warn", "service.unfinished", { finishWithinMs });
}

/** Like setImmediate; an error of the callback, which is our own code's, goes to `onBug`. */
export function guardedDefer(onBug: (error: Error) => void): (callback: () => void) => void {
  return (callback) => {
    setImmediate(() => {
      try {
        callback();
      } catch (error) {
        onBug(error instanceof Error ? error : new Error(String(error)));
      }
    });
  };
}
