// What the main thread and a shard's worker say to each other: the typed handshake and the batches.

import type { WebSocketOptions } from "../base/framings.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { LogFields, LogLevel } from "../base/log.ts";
import type { DownlinkBatch } from "../link/downlink.ts";
import type { PostedUplinkBatch } from "../link/uplink.ts";
import type { WhenServiceThrows } from "../service/port.ts";
import type { StopOptions } from "./running-shards.ts";

/** Given to a worker at its start. */
export interface ShardBoot {
  readonly index: number;
  readonly hostname: string;
  /** 0 only for the first worker: it finds the port that the others share. */
  readonly port: number;
  readonly placement: "main" | "shard";
  readonly whenServiceThrows: WhenServiceThrows;
  readonly protocolName: string;
  readonly protocolVersion: number;
  readonly webSocket: WebSocketOptions | null;
  readonly limits: EngineLimits;
  readonly counters: SharedArrayBuffer;
  readonly admission: SharedArrayBuffer;
}

export type ToShard =
  | { readonly kind: "downlink"; readonly batch: DownlinkBatch }
  /** No more connections are accepted; those that are there stay. */
  | { readonly kind: "refuse" }
  | ({ readonly kind: "stop" } & StopOptions);

export type FromShard =
  /** The port accepts connections. A shard that can't start throws, which ends its worker. */
  | { readonly kind: "ready"; readonly hostname: string; readonly port: number }
  /** Events, or none; and the newest batch whose bytes are no longer needed. */
  | { readonly kind: "uplink"; readonly batch: PostedUplinkBatch | null; readonly acked: number }
  | {
      readonly kind: "log";
      readonly level: LogLevel;
      readonly event: string;
      readonly fields: LogFields;
    }
  /** Every connection has gone; the worker ends. */
  | { readonly kind: "stopped" };
