// No frames, for `nc` and for teaching: every chunk is a payload, and the stream may be cut anywhere.

import type { EncodedPayload, Framing, PayloadDecoder } from "./framing.ts";

const textEncoder = new TextEncoder();
/** UTF-8 needs at most so many bytes for each UTF-16 unit. */
const bytesOfUnitMax = 3;

export const rawBytes: Framing = {
  headerBytesMax: 0,
  createDecoder: (payloadBytesMax) => new ChunkDecoder(payloadBytesMax),
  bytesBound: (payload: EncodedPayload) =>
    typeof payload === "string" ? payload.length * bytesOfUnitMax : payload.length,
  encodeInto(target, offset, payload) {
    const bytes = typeof payload === "string" ? textEncoder.encode(payload) : payload;
    target.set(bytes, offset);
    return offset + bytes.length;
  },
  nextBoundary: (_bytes, _start, position) => position,
};

class ChunkDecoder implements PayloadDecoder {
  payloadBytesMax: number;
  readonly fault = null;
  readonly ended = false;
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

  next(): Uint8Array | null {
    const chunk = this.#chunks.shift() ?? null;
    if (chunk !== null) this.bufferedBytes -= chunk.length;
    return chunk;
  }

  clear(): void {
    this.#chunks = [];
    this.bufferedBytes = 0;
  }

  takeReply(): null {
    return null;
  }

  takeControlBytes(): number {
    return 0;
  }

  farewell(close: Uint8Array): Uint8Array {
    return close;
  }
}
