// Bytes that have come and are not taken yet: one chunk as it came, or what several left in a buffer
// of its own.
//
// Invariant: 0 ≤ start ≤ end ≤ bytes.length; bytes[start..end) is received and not yet taken.
// After `trim`, memory held ≤ 4 × length + slackBytes.

import { assert } from "../../assert.ts";

const empty = new Uint8Array(0);
/** What may be pinned beyond what waits; less is not worth a copy. */
const slackBytes = 4096;

export class ReceivedBytes {
  bytes: Uint8Array = empty;
  start = 0;
  end = 0;
  /** True when `bytes` is ours and has room behind `end`. */
  #owned = false;

  get length(): number {
    return this.end - this.start;
  }

  /** Takes ownership of `chunk`. Memory grows only with bytes that were received. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (this.length === 0) {
      this.bytes = chunk;
      this.start = 0;
      this.end = chunk.length;
      this.#owned = false;
      return;
    }
    this.#reserve(chunk.length);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    this.#check();
  }

  /** The next bytes, which are there, as a view: valid until the next `push`. */
  take(length: number): Uint8Array {
    const from = this.start;
    this.start += length;
    this.#check();
    const taken = this.bytes.subarray(from, this.start);
    if (this.start === this.end) this.clear();
    return taken;
  }

  /** Lets a large chunk go when little of it is left: one byte of a next frame must not pin it. */
  trim(): void {
    if (this.length === 0) return this.clear();
    if (this.bytes.buffer.byteLength <= 4 * this.length + slackBytes) return;
    // Not slice(): a socket's chunk is a Buffer, whose slice is a view and would keep pinning it.
    this.bytes = new Uint8Array(this.bytes.subarray(this.start, this.end));
    this.start = 0;
    this.end = this.bytes.length;
    this.#owned = true;
  }

  clear(): void {
    this.bytes = empty;
    this.start = 0;
    this.end = 0;
    this.#owned = false;
  }

  #reserve(bytes: number): void {
    const kept = this.length;
    if (this.#owned && this.end + bytes <= this.bytes.length) return;
    // A fresh buffer even where compacting would do: views of the old one may still be read.
    const grown = new Uint8Array(Math.max(256, 2 * kept + bytes));
    grown.set(this.bytes.subarray(this.start, this.end));
    this.bytes = grown;
    this.start = 0;
    this.end = kept;
    this.#owned = true;
  }

  #check(): void {
    assert(
      0 <= this.start && this.start <= this.end && this.end <= this.bytes.length,
      "0 ≤ start ≤ end ≤ bytes.length of what was received",
    );
  }
}
