// The memory that broadcasts are encoded into, once, for all shards.
// Owns a bounded set of equal chunks; a chunk is written again only when every shard has
// acknowledged the last batch that pointed into it.
//
// Invariants: 0 ≤ offset ≤ chunkBytes; each chunk is free, retired or the current one; retired chunks
// stand in the order of their batches, and each has bytes that a shard may still read.

import { assert } from "../base/assert.ts";
import type { Chunk } from "./downlink.ts";

interface OwnedChunk extends Chunk {
  readonly bytes: Uint8Array;
  /** Number of the newest batch with bytes in this chunk. */
  lastBatch: number;
}

export class Arena {
  readonly #chunkBytes: number;
  readonly #bytesMax: number;
  readonly #free: OwnedChunk[] = [];
  readonly #retired: OwnedChunk[] = [];
  #current: OwnedChunk;
  #created = 0;
  /** Where the next byte goes in the current chunk. */
  offset = 0;

  constructor(chunkBytes: number, bytesMax: number) {
    this.#chunkBytes = chunkBytes;
    this.#bytesMax = bytesMax;
    this.#current = this.#create();
  }

  get bytes(): Uint8Array {
    return this.#current.bytes;
  }

  get chunk(): Chunk {
    return this.#current;
  }

  /** All chunks that a batch being written may point into. */
  get chunks(): readonly Chunk[] {
    return [...this.#retired, this.#current];
  }

  /** True when the shards are so far behind that no more commands should be taken. */
  get isFull(): boolean {
    return this.#retired.length * this.#chunkBytes >= this.#bytesMax;
  }

  /** Makes room for `bytes` of `batch`; true when that meant going on in another chunk. */
  reserve(bytes: number, batch: number): boolean {
    const isFull = this.offset + bytes > this.#chunkBytes;
    if (isFull) {
      this.#retired.push(this.#current);
      this.#current = this.#free.pop() ?? this.#create();
      this.offset = 0;
    }
    assert(
      0 <= this.offset && this.offset + bytes <= this.#chunkBytes,
      "a frame fits in its chunk",
    );
    assert(batch >= this.#current.lastBatch, "batches are written in their order");
    // At once, not when the batch is whole: an acknowledgement may come while it is being gathered.
    this.#current.lastBatch = batch;
    return isFull;
  }

  /** Takes back what no shard reads any more: everything up to batch `acked`. */
  reclaim(acked: number): void {
    while (this.#retired.length > 0 && (this.#retired[0] as OwnedChunk).lastBatch <= acked) {
      this.#free.push(this.#retired.shift() as OwnedChunk);
    }
    if (this.#current.lastBatch <= acked) this.offset = 0;
    assert(
      this.#free.length + this.#retired.length + 1 === this.#created,
      "each chunk of an arena is free, retired or the current one",
    );
  }

  #create(): OwnedChunk {
    const memory = new SharedArrayBuffer(this.#chunkBytes);
    const id = this.#created;
    this.#created += 1;
    return { id, memory, bytes: new Uint8Array(memory), lastBatch: 0 };
  }
}
