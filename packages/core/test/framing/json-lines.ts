// A third framing, for tests: a message a line. A trailer instead of a header, and no length at all.

import type { EncodedPayload, FrameFault, Framing, PayloadDecoder } from "@maru/protocol";

const newline = 0x0a;
const textEncoder = new TextEncoder();

export const jsonLines: Framing = {
  headerBytesMax: 1,
  createDecoder: (payloadBytesMax) => new LineDecoder(payloadBytesMax),
  bytesBound: (payload: EncodedPayload) =>
    1 + (typeof payload === "string" ? payload.length * 3 : payload.length),
  encodeInto(target, offset, payload) {
    const bytes = typeof payload === "string" ? textEncoder.encode(payload) : payload;
    target.set(bytes, offset);
    target[offset + bytes.length] = newline;
    return offset + bytes.length + 1;
  },
  nextBoundary(bytes, start, position) {
    let boundary = start;
    while (boundary < position) boundary = bytes.indexOf(newline, boundary) + 1;
    return boundary;
  },
};

class LineDecoder implements PayloadDecoder {
  payloadBytesMax: number;
  fault: FrameFault | null = null;
  readonly ended = false;
  #buffer = new Uint8Array(0);

  constructor(payloadBytesMax: number) {
    this.payloadBytesMax = payloadBytesMax;
  }

  get bufferedBytes(): number {
    return this.#buffer.length;
  }

  push(chunk: Uint8Array): void {
    if (this.fault === null) this.#buffer = new Uint8Array(Buffer.concat([this.#buffer, chunk]));
  }

  next(): Uint8Array | null {
    const end = this.#buffer.indexOf(newline);
    const length = end < 0 ? this.#buffer.length : end;
    if (length > this.payloadBytesMax) {
      this.fault = { code: "frame_too_large", length, limit: this.payloadBytesMax };
      this.clear();
    }
    if (this.fault !== null || end < 0) return null;
    const payload = this.#buffer.subarray(0, end);
    this.#buffer = this.#buffer.slice(end + 1);
    return payload;
  }

  clear(): void {
    this.#buffer = new Uint8Array(0);
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
