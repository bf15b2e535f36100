// A shard on the hub's own thread: `workers: 0`, composed as core's threads/local.ts does it.

import { type DownlinkBatch, type ServiceHost, Shard } from "@maru/core/simulation";
import type { Wire } from "../network/wire.ts";
import type { ShardParts } from "./shard-parts.ts";

/** Where a shard lives, and which connections it has. */
export interface ShardPlace {
  /** Null while nobody listens there. */
  readonly shard: Shard | null;
  readonly wires: Set<Wire>;
  post(batch: DownlinkBatch): void;
  /** Ends the shard's thread, if it has one of its own. */
  crash(): void;
}

export class LocalPlace implements ShardPlace {
  readonly wires = new Set<Wire>();
  readonly shard: Shard;
  readonly #host: () => ServiceHost;

  constructor(parts: ShardParts, host: () => ServiceHost) {
    this.#host = host;
    this.shard = new Shard({
      ...parts.shardOptions(0),
      posted: false,
      deliver(batch) {
        host().receive(0, batch);
        host().tick();
      },
      defer: (callback) => parts.after(0, callback),
    });
    parts.sweep(this.shard, () => true);
  }

  post(batch: DownlinkBatch): void {
    this.shard.apply(batch);
    this.shard.flush();
    this.#host().acknowledge(0, batch.batch);
  }

  crash(): void {}
}
