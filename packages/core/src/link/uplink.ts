// What a shard tells the service: one batch at a time, bounded by credit. While a batch is being
// answered the next one gathers, so batches grow with the load and shrink with it, without a timer.
// Knows neither threads nor the service. Both halves of a batch are here: Uplink gathers it in the
// shard, readUplink takes it apart for the service. Two forms of one batch: values on one thread, one
// JSON text between threads (the payloads are JSON already, so no message is encoded again).
//
// Invariant: credit + what was gathered + what was delivered and has not come back = creditBytes. The
// last event may overdraw the credit; no more comes back than was spent.

import { assert } from "../base/assert.ts";

export const uplinkKind = { opened: 0, message: 1, closed: 2 } as const;

/** Events in order: kinds[i] of connections[i] with values[i]. */
export interface UplinkBatch {
  readonly kinds: ArrayLike<number>;
  readonly connections: ArrayLike<number>;
  /** Peer, message, or close code (`askedCode` where the service asked for the close). */
  readonly values: readonly unknown[];
  /** Credit that this batch holds until the service has taken it. */
  readonly bytes: number;
}

/** Who has opened a connection, and which of the port's framings it speaks. */
export interface OpenedPeer {
  readonly address: string;
  readonly framing: number;
}

/** The same batch, to be posted to another thread. */
export interface PostedUplinkBatch {
  readonly kinds: Int32Array;
  readonly connections: Int32Array;
  /** A JSON array of the values. */
  readonly json: string;
  readonly bytes: number;
}

/** Reported of a connection that ended because the service asked for it: that knows its own code. */
export const askedCode = "";

/** Credit that an event costs beside its payload. */
const eventBytes = 64;

export class Uplink {
  readonly #deliver: (batch: UplinkBatch) => void;
  readonly #creditBytes: number;
  #credit: number;
  #kinds: number[] = [];
  #connections: number[] = [];
  #values: unknown[] = [];
  #bytes = 0;
  #isAwaiting = false;

  /** `keepText` collects messages as JSON text, for `toPosted`. */
  readonly keepText: boolean;

  constructor(creditBytes: number, keepText: boolean, deliver: (batch: UplinkBatch) => void) {
    this.#creditBytes = creditBytes;
    this.#credit = creditBytes;
    this.keepText = keepText;
    this.#deliver = deliver;
  }

  /** False when the service is behind: the shard then leaves its connections unread. */
  get hasCredit(): boolean {
    return this.#credit > 0;
  }

  returnCredit(bytes: number): void {
    this.#credit += bytes;
    this.#check();
  }

  opened(connection: number, peer: OpenedPeer): void {
    this.#push(uplinkKind.opened, connection, this.keepText ? JSON.stringify(peer) : peer, 0);
  }

  /** `text` is the message's JSON, `bytes` its payload's length. */
  message(connection: number, message: unknown, text: string, bytes: number): void {
    this.#push(uplinkKind.message, connection, this.keepText ? text : message, bytes);
  }

  closed(connection: number, code: string): void {
    this.#push(uplinkKind.closed, connection, this.keepText ? JSON.stringify(code) : code, 0);
  }

  /** The service has taken the last batch. */
  answered(): void {
    assert(this.#isAwaiting, "only a batch that was delivered is answered");
    this.#isAwaiting = false;
  }

  /** Something has been gathered, and nothing hinders its delivery. */
  get isDue(): boolean {
    return this.#kinds.length > 0 && !this.#isAwaiting;
  }

  /** Delivers what has been gathered, unless there is nothing or the last batch isn't answered. */
  flush(): void {
    if (!this.isDue) return;
    this.#isAwaiting = true;
    const batch = {
      kinds: this.#kinds,
      connections: this.#connections,
      values: this.#values,
      bytes: this.#bytes,
    };
    this.#kinds = [];
    this.#connections = [];
    this.#values = [];
    this.#bytes = 0;
    this.#deliver(batch);
  }

  #push(kind: number, connection: number, value: unknown, bytes: number): void {
    this.#kinds.push(kind);
    this.#connections.push(connection);
    this.#values.push(value);
    const cost = bytes + eventBytes;
    this.#bytes += cost;
    this.#credit -= cost;
    this.#check();
  }

  #check(): void {
    assert(
      this.#bytes <= this.#creditBytes - this.#credit,
      "no more credit comes back to an uplink than was spent",
    );
  }
}

/** A batch gathered with `keepText`, ready to be posted. */
export function toPosted(batch: UplinkBatch): PostedUplinkBatch {
  return {
    kinds: Int32Array.from(batch.kinds),
    connections: Int32Array.from(batch.connections),
    json: `[${batch.values.join(",")}]`,
    bytes: batch.bytes,
  };
}

export function fromPosted(posted: PostedUplinkBatch): UplinkBatch {
  return { ...posted, values: JSON.parse(posted.json) as unknown[] };
}

/** What a batch tells the service, event by event and in order. */
export interface UplinkSink {
  opened(shard: number, connection: number, peer: OpenedPeer): void;
  message(shard: number, connection: number, message: unknown): void;
  closed(shard: number, connection: number, code: string): void;
}

export function readUplink(batch: UplinkBatch, shard: number, sink: UplinkSink): void {
  const { kinds, connections, values } = batch;
  for (let index = 0; index < kinds.length; index += 1) {
    const connection = connections[index] as number;
    const kind = kinds[index] as number;
    if (kind === uplinkKind.message) sink.message(shard, connection, values[index]);
    else if (kind === uplinkKind.opened)
      sink.opened(shard, connection, values[index] as OpenedPeer);
    else sink.closed(shard, connection, values[index] as string);
  }
}
