// How a protocol cuts the byte stream: into frames, or (for `nc` and teaching) not at all.
// Core asks these few questions and so never depends on the header itself.

import { frameHeaderBytes, nextFrameBoundary } from "./frame.ts";
import { FrameDecoder, type PayloadDecoder } from "./frame-decoder.ts";
import { type EncodedPayload, encodeFrameInto, frameBytesBound } from "./frame-encoder.ts";

export interface Framing {
  /** Bytes in front of each payload. */
  readonly headerBytes: number;
  createDecoder(payloadBytesMax: number): PayloadDecoder;
  /** Bytes to reserve before `encodeInto`. */
  bytesBound(payload: EncodedPayload): number;
  /** Writes the payload in wire form at `offset`; returns the offset behind it. */
  encodeInto(target: Uint8Array, offset: number, payload: EncodedPayload): number;
  /** The first place ≥ `position` where a unit begins, walking from `start`, where one does. */
  nextBoundary(bytes: Uint8Array, start: number, position: number): number;
}

/** Maru's frames: a u32 length and that many bytes. */
export const lengthPrefixed: Framing = {
  headerBytes: frameHeaderBytes,
  createDecoder: (payloadBytesMax) => new FrameDecoder(payloadBytesMax),
  bytesBound: frameBytesBound,
  encodeInto: encodeFrameInto,
  nextBoundary: nextFrameBoundary,
};

/** No frames: every chunk is a payload, and may be cut anywhere. */
export const unframed: Framing = {
  headerBytes: 0,
  createDecoder: (payloadBytesMax) => new ChunkDecoder(payloadBytesMax),
  bytesBound: (payload) => frameBytesBound(payload),
  encodeInto(target, offset, payload) {
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    target.set(bytes, offset);
    return offset + bytes.length;
  },
  nextBoundary: (_bytes, _start, position) => position,
};

class ChunkDecoder implements PayloadDecoder {
  payloadBytesMax: number;
  readonly fault = null;
  bufferedBytes = 0;
  #chunks: Uint8Array[] = [];

  constructor(payloadBytesMax: number) {
    this.payloadBytesMax = payloadBytesMax;
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += this.payloadBytesMax) {
      this.#chunks.push(chunk.subarray(from, from + this.payloadBytesMax));
    }
    this.bufferedBytes += chunk.length;
  }

  clear(): void {
    this.#chunks = [];
    this.bufferedBytes = 0;
  }

  next(): Uint8Array | null {
    const chunk = this.#chunks.shift() ?? null;
    if (chunk !== null) this.bufferedBytes -= chunk.length;
    return chunk;
  }
}
