// How a shard in a thread of its own takes the service's batches, and when it tells that their memory
// may be written again: with its next events, or by itself once that memory is much or has waited for
// long. A shard in which nothing is said must not hold up the others. Knows neither threads nor shards.

import { startTimer } from "@maru/protocol";
import type { DownlinkBatch } from "./downlink.ts";

/** Bytes that may be applied without telling, and milliseconds. */
const bytesMax = 262_144;
const waitMs = 50;

export class BatchAcks {
  readonly #tell: (batch: number) => void;
  #applied = 0;
  #told = 0;
  #bytes = 0;
  #cancelWait: (() => void) | null = null;

  constructor(tell: (batch: number) => void) {
    this.#tell = tell;
  }

  /** A batch has been applied; `bytes` of shared memory were read for it. */
  applied(batch: number, bytes: number): void {
    this.#applied = batch;
    this.#bytes += bytes;
    if (this.#bytes >= bytesMax) this.#tell(this.take());
    else this.#cancelWait ??= startTimer(waitMs, () => this.#waited());
  }

  /** The newest batch that is done with; who takes it tells it. */
  take(): number {
    this.#bytes = 0;
    this.#told = this.#applied;
    return this.#applied;
  }

  stop(): void {
    this.#cancelWait?.();
  }

  #waited(): void {
    this.#cancelWait = null;
    if (this.#told < this.#applied) this.#tell(this.take());
  }
}

/** What applies batches: a shard. */
export interface BatchTaker {
  /** Returns the bytes of shared memory that were read; they are needed until `flush` has returned. */
  apply(batch: DownlinkBatch): number;
  flush(): void;
}

/**
 * Applies batches as they come, and writes what came in one turn of the loop together. While this
 * thread writes, the service may answer several of the other shards, each with something for these
 * members: one write for each member then does for all of it.
 */
export class GatheredWrites {
  readonly #shard: BatchTaker;
  readonly #acks: Pick<BatchAcks, "applied">;
  /** The newest batch that is applied and not written, or null. */
  #applied: number | null = null;
  /** Shared memory that the unwritten batches point to. */
  #bytes = 0;

  constructor(shard: BatchTaker, acks: Pick<BatchAcks, "applied">) {
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
