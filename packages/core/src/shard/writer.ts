// One write per socket and tick: gathers what each connection gets in a tick, then writes it.
// Owns one scratch buffer for all connections of the shard. Never blocks, never reorders.
//
// Contract of `enqueue`, by numbers: (1) bytes are whole frames; (2) they may lie in shared memory
// that is valid until `flush` returns; (3) a connection gets them in the order of enqueueing;
// (4) what its socket doesn't take is copied; (5) more than outboundBytes waiting ends it as slow.

import type { Counters } from "../base/counters.ts";
import type { Connection } from "../connection/connection.ts";

/** A gathered write larger than this goes out in several, so that scratch memory stays bounded. */
const scratchBytes = 262_144;

export interface WriterEvents {
  /** More than outboundBytes would wait for this connection. */
  overflowed(connection: Connection): void;
  /** Everything for this connection has left; called for connections that are not active. */
  emptied(connection: Connection): void;
}

export class Writer {
  readonly #outboundBytes: number;
  readonly #counters: Counters;
  readonly #events: WriterEvents;
  readonly #scratch = new Uint8Array(scratchBytes);
  #dirty: Connection[] = [];
  /** Swapped with #dirty at each flush, so that neither is allocated again. */
  #flushing: Connection[] = [];
  /** Since the counters were told. */
  #writes = 0;
  #bytesTaken = 0;

  constructor(outboundBytes: number, counters: Counters, events: WriterEvents) {
    this.#outboundBytes = outboundBytes;
    this.#counters = counters;
    this.#events = events;
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

  /** Something is enqueued, and not written yet. */
  get isDue(): boolean {
    return this.#dirty.length > 0;
  }

  /** Writes everything enqueued. What is enqueued meanwhile is written too. */
  flush(): void {
    while (this.#dirty.length > 0) {
      const dirty = this.#dirty;
      this.#dirty = this.#flushing;
      this.#flushing = dirty;
      for (const connection of dirty) this.#write(connection);
      dirty.length = 0;
    }
    this.#counters.add("bytesOut", this.#bytesTaken);
    this.#counters.add("writes", this.#writes);
    this.#bytesTaken = 0;
    this.#writes = 0;
  }

  /** The socket takes bytes again. */
  drained(connection: Connection): void {
    const { queue } = connection;
    const waiting = queue.bytes;
    const result = queue.flush(connection.socket);
    connection.noteFlow();
    this.#counters.add("bytesOut", waiting - queue.bytes);
    this.#counters.add("writes", 1);
    if (result === "empty" && connection.state.phase !== "active") {
      this.#events.emptied(connection);
    }
  }

  #write(connection: Connection): void {
    const first = connection.firstPiece as Uint8Array;
    const more = connection.morePieces;
    connection.firstPiece = null;
    connection.morePieces = null;
    if (more === null) this.#writePiece(connection, first);
    else this.#gather(connection, first, more);
    if (connection.isFlowing) return;
    if (connection.state.phase !== "active" && connection.queue.bytes === 0) {
      this.#events.emptied(connection);
    }
  }

  #gather(connection: Connection, first: Uint8Array, more: readonly Uint8Array[]): void {
    const scratch = this.#scratch;
    let length = 0;
    for (let index = -1; index < more.length; index += 1) {
      const piece = index < 0 ? first : (more[index] as Uint8Array);
      if (length + piece.length > scratch.length) {
        if (length > 0) this.#writePiece(connection, scratch.subarray(0, length));
        length = 0;
      }
      if (piece.length > scratch.length) {
        this.#writePiece(connection, piece);
      } else {
        scratch.set(piece, length);
        length += piece.length;
      }
    }
    if (length > 0) this.#writePiece(connection, scratch.subarray(0, length));
  }

  #writePiece(connection: Connection, piece: Uint8Array): void {
    if (!connection.isFlowing && !this.#mayWrite(connection, piece)) return;
    const taken = connection.socket.write(piece);
    this.#writes += 1;
    // -1: the socket is gone; its close event says the rest.
    if (taken < 0) return;
    this.#bytesTaken += taken;
    if (taken < piece.length) this.#keepRest(connection, piece, taken);
  }

  /** Puts the piece behind what waits already, and drops what comes for a connection that was cut. */
  #mayWrite(connection: Connection, piece: Uint8Array): boolean {
    const { queue, cut } = connection;
    if (cut || queue.bytes === 0) return !cut;
    if (queue.bytes + piece.length > this.#outboundBytes) this.#events.overflowed(connection);
    else queue.append(piece);
    return false;
  }

  #keepRest(connection: Connection, piece: Uint8Array, taken: number): void {
    const { queue } = connection;
    this.#counters.add("writesShort", 1);
    queue.keepRest(piece, taken);
    connection.noteFlow();
    if (queue.bytes > this.#outboundBytes) this.#events.overflowed(connection);
  }
}
