// A shard on the hub's own thread: `workers: 0`, composed as core's threads/local.ts does it.

import { type DownlinkBatch, type ServiceHost, Shard } from "@maru/core/simulation";
import type { Wire } from "../network/wire.ts";
import type { ShardParts } from "./shard-parts.ts";

/** Where a shard lives, and which connections it has. */
export interface ShardPlace {
  /** Null while no server listens there. */
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
  /** What the host's tick has made, for the shard once that is over. */
  readonly #made: DownlinkBatch[] = [];
  readonly #after: ShardParts["after"];

  constructor(parts: ShardParts, host: () => ServiceHost) {
    this.#host = host;
    this.#after = parts.after;
    this.shard = new Shard({
      ...parts.shardOptions(0),
      posted: false,
      deliver: (batch) => host().receive(0, batch),
      defer: (endTick) =>
        parts.after(0, () => {
          endTick();
          host().tick();
          this.#handOver();
        }),
    });
    parts.sweep(this.shard, () => true);
  }

  post(batch: DownlinkBatch): void {
    this.#made.push(batch);
    // For a tick that no shard's end of tick has brought about.
    this.#after(0, () => this.#handOver());
  }

  crash(): void {}

  #handOver(): void {
    for (let batch = this.#made.shift(); batch !== undefined; batch = this.#made.shift()) {
      this.shard.apply(batch);
      this.shard.flush();
      this.#host().acknowledge(0, batch.batch);
    }
  }
}
