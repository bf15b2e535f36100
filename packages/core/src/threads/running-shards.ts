// What every placement of shards takes and gives: the seam between server.ts and the ways to run it.

import { type CloseReason, type Protocol, systemClose, type WireMessage } from "@maru/protocol";
import type { CounterValues } from "../base/counters.ts";
import type { WebSocketOptions } from "../base/framings.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import type { CreateService } from "../service/port.ts";
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
}

export interface RunningShards {
  readonly hostname: string;
  readonly port: number;
  counters(): CounterValues[];
  stop(reconnectWithinMs: number): Promise<void>;
  killShard(index: number): Promise<void>;
}

/** The farewells of a stopping server: each peer gets its own time to come back, within `withinMs`. */
export function shutdownReason(withinMs: number): CloseReason {
  return systemClose("shutdown", undefined, Math.floor(Math.random() * withinMs));
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
