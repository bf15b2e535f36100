// Turns a stream of chunks, split anywhere, into payloads.
// Owns the bytes that are not yet a whole frame; never looks inside a payload, never does I/O.
// Fed by a socket's data events, drained by a codec.
//
// Invariant: 0 ≤ start ≤ end ≤ buffer.length; buffer[start..end) is received and not yet taken.
// Once `next` has returned null, memory held ≤ 4 × bufferedBytes + slackBytes.

import { assert } from "../assert.ts";
import { frameHeaderBytes, readFrameLength } from "./frame.ts";
import type { FrameFault, PayloadDecoder } from "./framing.ts";

const empty = new Uint8Array(0);
/** What a waiting connection may pin beyond its unfinished frame; less is not worth a copy. */
const slackBytes = 4096;

export class FrameDecoder implements PayloadDecoder {
  payloadBytesMax: number;
  fault: FrameFault | null = null;
  #buffer: Uint8Array = empty;
  #start = 0;
  #end = 0;
  /** True when #buffer is ours to write into; a caller's chunk is only read. */
  #owned = false;

  constructor(payloadBytesMax: number) {
    this.payloadBytesMax = payloadBytesMax;
  }

  get bufferedBytes(): number {
    return this.#end - this.#start;
  }

  /**
   * Takes ownership of `chunk` until the last payload inside it has been used: the caller must not
   * write to it again. Nothing is copied unless an earlier chunk left part of a frame behind, and
   * memory grows only with bytes that were received, never with a length that was claimed.
   */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0 || this.fault !== null) return;
    if (this.bufferedBytes === 0) {
      this.#buffer = chunk;
      this.#start = 0;
      this.#end = chunk.length;
      this.#owned = false;
      return;
    }
    this.#reserve(chunk.length);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
    this.#check();
  }

  /**
   * The next whole payload, or null when more bytes are needed or the stream has a fault.
   *
   * The payload is a view: it stays valid until the next `push`.
   */
  next(): Uint8Array | null {
    const available = this.#end - this.#start;
    if (available < frameHeaderBytes || this.fault !== null) {
      if (available === 0) this.clear();
      else this.#trim();
      return null;
    }
    const length = readFrameLength(this.#buffer, this.#start);
    if (length === 0 || length > this.payloadBytesMax) {
      this.fault = { code: "frame_too_large", length, limit: this.payloadBytesMax };
      this.clear();
      return null;
    }
    if (available - frameHeaderBytes < length) {
      this.#trim();
      return null;
    }
    const from = this.#start + frameHeaderBytes;
    this.#start = from + length;
    this.#check();
    const payload = this.#buffer.subarray(from, this.#start);
    // The view keeps what it shows; the decoder keeps nothing that was taken.
    if (this.#start === this.#end) this.clear();
    return payload;
  }

  /** Makes room for `bytes` more behind #end, in a buffer of ours. */
  #reserve(bytes: number): void {
    const kept = this.bufferedBytes;
    if (this.#owned && this.#end + bytes <= this.#buffer.length) return;
    // A fresh buffer even where compacting would do: payload views of the old one may still be read.
    // Room to double what was kept: a long frame in small chunks costs no copy a chunk.
    const grown = new Uint8Array(Math.max(256, 2 * kept + bytes));
    grown.set(this.#buffer.subarray(this.#start, this.#end));
    this.#buffer = grown;
    this.#start = 0;
    this.#end = kept;
    this.#owned = true;
  }

  #check(): void {
    assert(
      0 <= this.#start && this.#start <= this.#end && this.#end <= this.#buffer.length,
      "0 ≤ start ≤ end ≤ buffer.length in a frame decoder",
    );
  }

  /** Lets a large chunk go when little of it is left: one byte of a next frame must not pin it. */
  #trim(): void {
    if (this.#buffer.buffer.byteLength <= 4 * this.bufferedBytes + slackBytes) return;
    // Not slice(): a socket's chunk is a Buffer, whose slice is a view and would keep pinning it.
    this.#buffer = new Uint8Array(this.#buffer.subarray(this.#start, this.#end));
    this.#start = 0;
    this.#end = this.#buffer.length;
    this.#owned = true;
    assert(
      this.#buffer.buffer.byteLength <= 4 * this.bufferedBytes + slackBytes,
      "a waiting decoder holds at most 4 × bufferedBytes + slackBytes",
    );
  }

  /** An idle connection holds no buffer at all. */
  clear(): void {
    this.#buffer = empty;
    this.#start = 0;
    this.#end = 0;
    this.#owned = false;
  }

  /** These frames have no word for an end, */
  get ended(): boolean {
    return false;
  }

  /** no control frames and no handshake, */
  takeReply(): null {
    return null;
  }

  takeControlBytes(): number {
    return 0;
  }

  /** and no last words of their own. */
  farewell(close: Uint8Array): Uint8Array {
    return close;
  }
}
