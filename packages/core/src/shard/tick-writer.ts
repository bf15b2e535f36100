// One write per socket and tick: gathers what each connection gets in a tick, then writes it.
// Owns one scratch buffer for all connections of the shard. Never blocks, never reorders.
//
// Contract of `enqueue`, by numbers: (1) bytes are whole frames; (2) they may lie in shared memory
// that is valid until `flush` returns; (3) a connection gets them in the order of enqueueing;
// (4) what its socket doesn't take is copied; (5) more than outboundBytes waiting ends it as slow.

import type { Connection } from "../connection/connection.ts";
import type { Counters } from "../counters.ts";

/** A gathered write larger than this goes out in several, so that scratch memory stays bounded. */
const scratchBytes = 262_144;

export interface TickWriterEvents {
  /** More than outboundBytes would wait for this connection. */
  overflowed(connection: Connection): void;
  /** Everything for this connection has left; called for connections that are not active. */
  emptied(connection: Connection): void;
}

export class TickWriter {
  readonly #outboundBytes: number;
  readonly #counters: Counters;
  readonly #events: TickWriterEvents;
  readonly #scratch = new Uint8Array(scratchBytes);
  #dirty: Connection[] = [];
  /** Swapped with #dirty at each flush, so that neither is allocated again. */
  #flushing: Connection[] = [];

  constructor(outboundBytes: number, counters: Counters, events: TickWriterEvents) {
    this.#outboundBytes = outboundBytes;
    this.#counters = counters;
    this.#events = events;
  }

  get hasWork(): boolean {
    return this.#dirty.length > 0;
  }

  enqueue(connection: Connection, bytes: Uint8Array): void {
    if (connection.firstPiece === null) {
      connection.firstPiece = bytes;
      this.#dirty.push(connection);
    } else if (connection.morePieces === null) {
      connection.morePieces = [bytes];
    } else {
      connection.morePieces.push(bytes);
    }
  }

  /** Writes everything enqueued. What is enqueued meanwhile is written too. */
  flush(): void {
    while (this.#dirty.length > 0) {
      const dirty = this.#dirty;
      this.#dirty = this.#flushing;
      this.#flushing = dirty;
      let bytes = 0;
      for (const connection of dirty) bytes += this.#write(connection);
      this.#counters.add("bytesOut", bytes);
      this.#counters.add("writes", dirty.length);
      dirty.length = 0;
    }
  }

  /** The socket takes bytes again. */
  drained(connection: Connection): void {
    const result = connection.queue.flush(connection.socket);
    if (result === "empty" && connection.state.phase !== "active") {
      this.#events.emptied(connection);
    }
  }

  /** Returns the bytes that were handed to the kernel or to the connection's queue. */
  #write(connection: Connection): number {
    const first = connection.firstPiece as Uint8Array;
    const more = connection.morePieces;
    connection.firstPiece = null;
    connection.morePieces = null;
    const bytes =
      more === null ? this.#writePiece(connection, first) : this.#gather(connection, first, more);
    if (connection.state.phase !== "active" && connection.queue.bytes === 0) {
      this.#events.emptied(connection);
    }
    return bytes;
  }

  #gather(connection: Connection, first: Uint8Array, more: readonly Uint8Array[]): number {
    const scratch = this.#scratch;
    let length = 0;
    let total = 0;
    for (let index = -1; index < more.length; index += 1) {
      const piece = index < 0 ? first : (more[index] as Uint8Array);
      if (length + piece.length > scratch.length) {
        if (length > 0) total += this.#writePiece(connection, scratch.subarray(0, length));
        length = 0;
      }
      if (piece.length > scratch.length) {
        total += this.#writePiece(connection, piece);
      } else {
        scratch.set(piece, length);
        length += piece.length;
      }
    }
    return length > 0 ? total + this.#writePiece(connection, scratch.subarray(0, length)) : total;
  }

  #writePiece(connection: Connection, piece: Uint8Array): number {
    const { queue, socket } = connection;
    if (connection.cut) return 0;
    if (queue.bytes > 0) {
      if (queue.bytes + piece.length > this.#outboundBytes) this.#events.overflowed(connection);
      else queue.append(piece);
      return piece.length;
    }
    const taken = socket.write(piece);
    // -1: the socket is gone; its close event says the rest.
    if (taken < 0 || taken === piece.length) return piece.length;
    this.#counters.add("writesShort", 1);
    queue.keepRest(piece, taken);
    if (queue.bytes > this.#outboundBytes) this.#events.overflowed(connection);
    return piece.length;
  }
}
