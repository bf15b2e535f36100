// Applies the service's batches to a shard in a thread of its own, and writes what came in one turn of
// the loop together. While this thread writes, the service may answer several of the other shards,
// each with something for these members: one write per member then does for all of it.

import type { Shard } from "../shard/shard.ts";
import type { BatchAcks } from "./acks.ts";
import type { DownlinkBatch } from "./downlink.ts";

export class GatheredWrites {
  readonly #shard: Pick<Shard, "apply" | "flush">;
  readonly #acks: Pick<BatchAcks, "applied">;
  /** The newest batch that is applied and not written, or null. */
  #applied: number | null = null;
  /** Shared memory that the unwritten batches point to. */
  #bytes = 0;

  constructor(shard: Pick<Shard, "apply" | "flush">, acks: Pick<BatchAcks, "applied">) {
    this.#shard = shard;
    this.#acks = acks;
  }

  take(batch: DownlinkBatch): void {
    if (this.#applied === null) setImmediate(() => this.#write());
    this.#bytes += this.#shard.apply(batch);
    this.#applied = batch.batch;
  }

  #write(): void {
    const applied = this.#applied as number;
    const bytes = this.#bytes;
    this.#applied = null;
    this.#bytes = 0;
    this.#shard.flush();
    this.#acks.applied(applied, bytes);
  }
}
