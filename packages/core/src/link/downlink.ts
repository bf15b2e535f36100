// What the service tells a shard to do, as numbers: one batch a tick, five 32-bit integers an op.
// Bytes are never in an op: it points into a chunk of shared memory that every shard reads. Both
// halves of a batch are here: OpWriter gathers it on the service's thread, DownlinkReader takes it
// apart on the shard's.
//
//   0      1                    2                 3        4
//   ┌──────┬────────────────────┬─────────────────┬────────┬────────┐
//   │ code │ connection │ group │ group │ count   │ offset │ length │
//   └──────┴────────────────────┴─────────────────┴────────┴────────┘

import { assert } from "../base/assert.ts";

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
  /** Connection [1] ends; the bytes are the frame that tells it why. */
  close: 6,
  /** Connection [1] does not get these bytes, which are one message of the publication that follows. */
  except: 7,
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

/** One message of a publication, by its place in the bytes, that a connection does not get. */
export interface Exception {
  readonly connection: number;
  readonly from: number;
  readonly to: number;
}

/** What a batch asks of a shard, op by op and in order. Bytes are views of shared memory. */
export interface DownlinkSink {
  /** `answers` of the connection's commands are answered by it. */
  send(connection: number, answers: number, bytes: Uint8Array): void;
  publish(group: number, messages: number, bytes: Uint8Array): void;
  /** The same, and some connections don't get all of it. */
  publishExcept(
    group: number,
    messages: number,
    bytes: Uint8Array,
    exceptions: readonly Exception[],
  ): void;
  join(connection: number, group: number): void;
  leave(connection: number, group: number): void;
  accept(connection: number): void;
  close(connection: number, frame: Uint8Array): void;
}

const nothing: Uint8Array = new Uint8Array(0);

export class DownlinkReader {
  readonly #sink: DownlinkSink;
  readonly #chunks = new Map<number, Uint8Array>();
  /** Of the publication that follows, by their places in its chunk. */
  #exceptions: Exception[] = [];

  constructor(sink: DownlinkSink) {
    this.#sink = sink;
  }

  /** Returns the bytes that the batch's ops point to. */
  read(batch: DownlinkBatch): number {
    for (const { id, memory } of batch.chunks) this.#chunks.set(id, new Uint8Array(memory));
    const { ops } = batch;
    let chunk = nothing;
    let read = 0;
    for (let at = 0; at < ops.length; at += opInts) {
      const code = ops[at] as number;
      const first = ops[at + 1] as number;
      if (code === op.chunk) {
        chunk = this.#chunkOf(first);
        continue;
      }
      const offset = ops[at + 3] as number;
      const length = ops[at + 4] as number;
      if (code === op.except) {
        this.#exceptions.push({ connection: first, from: offset, to: offset + length });
        continue;
      }
      read += length;
      const bytes = length > 0 ? chunk.subarray(offset, offset + length) : nothing;
      const second = ops[at + 2] as number;
      if (code === op.publish) this.#publish(first, second, offset, bytes);
      else if (code === op.send) this.#sink.send(first, second, bytes);
      else this.#readRare(code, first, second, bytes);
    }
    return read;
  }

  #publish(group: number, messages: number, offset: number, bytes: Uint8Array): void {
    if (this.#exceptions.length === 0) return this.#sink.publish(group, messages, bytes);
    const exceptions = this.#exceptions.map(({ connection, from, to }) => ({
      connection,
      from: from - offset,
      to: to - offset,
    }));
    this.#exceptions = [];
    this.#sink.publishExcept(group, messages, bytes, exceptions);
  }

  #readRare(code: number, connection: number, group: number, bytes: Uint8Array): void {
    switch (code) {
      case op.join:
        return this.#sink.join(connection, group);
      case op.leave:
        return this.#sink.leave(connection, group);
      case op.accept:
        return this.#sink.accept(connection);
      case op.close:
        return this.#sink.close(connection, bytes);
      default:
        throw new Error(`unknown op ${code}`);
    }
  }

  #chunkOf(id: number): Uint8Array {
    const chunk = this.#chunks.get(id);
    assert(chunk !== undefined, "a batch brings every chunk that its shard has not seen");
    return chunk;
  }
}
