// What is said or changed and not acknowledged by the server, in the order of the calls: sends,
// amendments, topics. Owns which of it waits and which is on the wire; survives connections. Pure
// bookkeeping: never writes, never keeps time.
//
// Invariants: what is on the wire was written in ascending order of serials, and what was returned goes
// again only once the wire is empty; behind a request that goes alone nothing is on the wire; bytes are
// those of everything unacknowledged, and 0 when nothing is.

import { assert } from "@maru/protocol";
import { Fifo } from "../base/fifo.ts";
import type { Request } from "./request.ts";

export class Outbox {
  /** How often something was put in or left; what is on the wire or waits again is neither. */
  changes = 0;
  readonly #waiting = new Fifo<Request>();
  readonly #written = new Set<Request>();
  /** Refused ones, to be written again before anything else once the wire is empty. */
  #refused: Request[] = [];
  /** The serial written last of those on the wire; while it is empty, of no meaning. */
  #lastWritten = 0;
  /** The one on the wire that nothing follows before its answer. */
  #lone: Request | null = null;
  #bytes = 0;

  /** Bytes of everything unacknowledged. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#waiting.length + this.#written.size + this.#refused.length;
  }

  add(request: Request): void {
    this.#waiting.push(request);
    this.#bytes += request.bytes;
    this.changes += 1;
  }

  /** Everything unacknowledged, in order. */
  get requests(): Request[] {
    return inOrder([...this.#written, ...this.#refused, ...this.#waiting]);
  }

  /** The next to be written; null while a refusal or a request that goes alone has to pass first. */
  next(): Request | null {
    if (this.#lone !== null) return null;
    if (this.#refused.length > 0) {
      if (this.#written.size > 0) return null;
      this.#rewind(this.#refused);
      this.#refused = [];
    }
    return this.#waiting.peek() ?? null;
  }

  /** `next()` has been written. */
  written(): void {
    const request = this.#waiting.shift();
    if (request === undefined) return;
    assert(this.#lone === null, "behind a request that goes alone nothing is written");
    const isInOrder = this.#written.size === 0 || request.serial > this.#lastWritten;
    assert(isInOrder, "what is on the wire was written in ascending order of serials");
    this.#lastWritten = request.serial;
    this.#written.add(request);
    if (request.rule.outbox === "alone") this.#lone = request;
  }

  /** Whether something with a serial below `serial` waits to be written. */
  waitsBefore(serial: number): boolean {
    const first = this.#refused[0] ?? this.#waiting.peek();
    return first !== undefined && first.serial < serial;
  }

  /** Whether something with a serial below `serial` is unacknowledged. */
  holdsBefore(serial: number): boolean {
    if (this.waitsBefore(serial)) return true;
    for (const request of this.#written) if (request.serial < serial) return true;
    return false;
  }

  /** The server refused it for now; it goes again, in its place. */
  returned(request: Request): void {
    if (this.#take(request)) this.#refused.push(request);
  }

  /** The request has its end, whichever: it leaves the outbox. */
  done(request: Request): void {
    const refusedAt = this.#refused.indexOf(request);
    if (refusedAt >= 0) this.#refused.splice(refusedAt, 1);
    if (refusedAt >= 0 || this.#take(request) || this.#waiting.remove(request)) {
      this.#bytes -= request.bytes;
      this.changes += 1;
      const isSound = this.size === 0 ? this.#bytes === 0 : this.#bytes >= 0;
      assert(isSound, "an outbox has the bytes of what is in it");
    }
  }

  /** The connection is gone: what was on the wire waits again, in its old order. */
  connectionLost(): void {
    this.#rewind([...this.#written, ...this.#refused]);
    this.#written.clear();
    this.#refused = [];
    this.#lone = null;
  }

  /** Empties the outbox and hands out what was in it. */
  clear(): Request[] {
    this.connectionLost();
    const all = [...this.#waiting];
    this.#waiting.clear();
    this.#bytes = 0;
    return all;
  }

  /** Off the wire; false if it was not there. */
  #take(request: Request): boolean {
    if (this.#lone === request) this.#lone = null;
    return this.#written.delete(request);
  }

  #rewind(requests: readonly Request[]): void {
    this.#waiting.unshift(inOrder(requests));
  }
}

function inOrder(requests: readonly Request[]): Request[] {
  return [...requests].sort((one, other) => one.serial - other.serial);
}
