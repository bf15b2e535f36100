// The bytes that one socket would not take yet, in order.
// Owns copies (what it is given may be shared memory that is reused after the tick); bounded by its
// user, who asks `bytes` before it appends. Holds nothing while the socket keeps up.
//
// Invariant: 0 ≤ head ≤ boundary ≤ tail ≤ buffer.length; buffer[head..tail) is unsent, and
// `boundary` is the first place ≥ head where a frame begins (it may lie at tail).

import type { Framing } from "@maru/protocol";
import { assert } from "../base/assert.ts";
import type { ConnectionSocket } from "./connection-socket.ts";

export type FlushResult = "empty" | "blocked" | "closed";

const nothing = new Uint8Array(0);
const initialBytes = 4096;

export class OutboundQueue {
  readonly #framing: Framing;
  #buffer: Uint8Array = nothing;
  #head = 0;
  #tail = 0;
  #boundary = 0;

  constructor(framing: Framing) {
    this.#framing = framing;
  }

  /** Bytes waiting. */
  get bytes(): number {
    return this.#tail - this.#head;
  }

  /** Appends a copy of `frames`, which must be whole frames. */
  append(frames: Uint8Array): void {
    this.#reserve(frames.length);
    this.#buffer.set(frames, this.#tail);
    this.#tail += frames.length;
    this.#check();
  }

  /** Keeps what a short write left of `frames`: everything from byte `written` on. Queue must be empty. */
  keepRest(frames: Uint8Array, written: number): void {
    assert(this.bytes === 0, "a short write's rest is kept in an empty queue");
    const boundary = this.#framing.nextBoundary(frames, 0, written);
    this.append(frames.subarray(written));
    this.#boundary = this.#head + (boundary - written);
    this.#check();
  }

  /** Writes what the socket takes. After "blocked" the socket's drain event says when to go on. */
  flush(socket: ConnectionSocket): FlushResult {
    if (this.bytes === 0) return "empty";
    const taken = socket.write(this.#buffer.subarray(this.#head, this.#tail));
    if (taken < 0) return "closed";
    this.#head += taken;
    if (this.#head === this.#tail) {
      this.clear();
      return "empty";
    }
    if (this.#head > this.#boundary) {
      this.#boundary = this.#framing.nextBoundary(this.#buffer, this.#boundary, this.#head);
    }
    this.#check();
    return "blocked";
  }

  /** Drops every frame of which nothing was sent, so that a farewell can follow without a torn one. */
  dropUnsentFrames(): void {
    this.#tail = Math.min(this.#boundary, this.#tail);
    if (this.bytes === 0) this.clear();
    this.#check();
  }

  /** An idle connection holds no buffer. */
  clear(): void {
    this.#buffer = nothing;
    this.#head = 0;
    this.#tail = 0;
    this.#boundary = 0;
  }

  #check(): void {
    assert(
      0 <= this.#head &&
        this.#head <= this.#boundary &&
        this.#boundary <= this.#tail &&
        this.#tail <= this.#buffer.length,
      "0 ≤ head ≤ boundary ≤ tail ≤ buffer.length in an outbound queue",
    );
  }

  #reserve(bytes: number): void {
    if (this.#tail + bytes <= this.#buffer.length) return;
    const kept = this.bytes;
    const needed = kept + bytes;
    // Reuse the buffer when the sent half alone makes room; else double, so that appends stay linear.
    const target =
      needed <= this.#buffer.length / 2
        ? this.#buffer
        : new Uint8Array(Math.max(initialBytes, needed * 2));
    target.set(this.#buffer.subarray(this.#head, this.#tail));
    this.#buffer = target;
    this.#boundary -= this.#head;
    this.#head = 0;
    this.#tail = kept;
  }
}
