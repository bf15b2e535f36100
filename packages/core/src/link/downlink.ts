// What the service tells a shard to do, as numbers: one batch a tick, five 32-bit integers an op.
// Bytes are never in an op: it points into a chunk of shared memory that every shard reads.
//
//   0      1                    2                 3        4
//   ┌──────┬────────────────────┬─────────────────┬────────┬────────┐
//   │ code │ connection │ group │ group │ count   │ offset │ length │
//   └──────┴────────────────────┴─────────────────┴────────┴────────┘

export const opInts = 5;

export const op = {
  /** Following offsets are in chunk [1]. */
  chunk: 0,
  /** Connection [1] gets the bytes, and [2] of its commands are answered by them. */
  send: 1,
  /** Every member of group [1] gets the bytes, which are [2] messages. */
  publish: 2,
  /** Connection [1] enters group [2]. */
  join: 3,
  /** Connection [1] leaves group [2]. */
  leave: 4,
  /** Connection [1] has been greeted: full frames from now on. */
  accept: 5,
  /** Connection [1] ends; the bytes are a JSON `CloseReason`. */
  close: 6,
} as const;

/** One tick's work for one shard. `ops` holds whole records; the receiver owns it. */
export interface DownlinkBatch {
  /** Number of the tick; acknowledged once its bytes have been written or copied. */
  readonly batch: number;
  readonly ops: Int32Array;
  /** Chunks that this shard has not seen. */
  readonly chunks: readonly Chunk[];
  /** Bytes of this shard's commands that the service has taken since the last batch. */
  readonly creditBytes: number;
  /** The shard's last uplink batch has been taken: it may deliver the next one. */
  readonly answersUplink: boolean;
}

/** Shared memory that one thread writes and all shards read. */
export interface Chunk {
  readonly id: number;
  readonly memory: SharedArrayBuffer;
}

/** Gathers one shard's ops; grows by doubling and is reused from tick to tick. */
export class OpWriter {
  #ints = new Int32Array(64 * opInts);
  #length = 0;
  #chunk = -1;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** An op without bytes. */
  push(code: number, first: number, second: number): void {
    this.#record(code, first, second, 0, 0);
  }

  /** An op with bytes at `offset` of chunk `chunk`. */
  pushBytes(
    code: number,
    first: number,
    second: number,
    chunk: number,
    offset: number,
    length: number,
  ): void {
    if (chunk !== this.#chunk) {
      this.#record(op.chunk, chunk, 0, 0, 0);
      this.#chunk = chunk;
    }
    this.#record(code, first, second, offset, length);
  }

  /** The records so far, as a copy; the writer is empty afterwards. */
  take(): Int32Array {
    const ops = this.#ints.slice(0, this.#length);
    this.#length = 0;
    this.#chunk = -1;
    return ops;
  }

  #record(code: number, first: number, second: number, offset: number, length: number): void {
    if (this.#length + opInts > this.#ints.length) {
      const grown = new Int32Array(this.#ints.length * 2);
      grown.set(this.#ints);
      this.#ints = grown;
    }
    const at = this.#length;
    const ints = this.#ints;
    ints[at] = code;
    ints[at + 1] = first;
    ints[at + 2] = second;
    ints[at + 3] = offset;
    ints[at + 4] = length;
    this.#length = at + opInts;
  }
}
