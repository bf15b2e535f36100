// A framing with all that one may own, for tests: a handshake before the first frame, a header of
// variable length, pings that it answers itself, and a word of its own for the end. What a WebSocket
// asks of the seam, in small.
//
//   handshake: the client says "MARU?\n", the server "MARU!\n"; turned away before that: "BUSY\n"
//   ┌──────┬────────────────────────┬─────────┐
//   │ kind │ length, 7 bits a byte  │ payload │
//   └──────┴────────────────────────┴─────────┘

import type { EncodedPayload, FrameFault, Framing, PayloadDecoder } from "@maru/protocol";

export const kind = { data: 1, end: 8, ping: 9, pong: 10 } as const;
const textEncoder = new TextEncoder();
const bytesOf = (text: string) => textEncoder.encode(text);

export const question = bytesOf("MARU?\n");
const answer = bytesOf("MARU!\n");
export const busy = bytesOf("BUSY\n");

interface Header {
  readonly kind: number;
  readonly length: number;
  readonly bytes: number;
}

/** Null while it is not whole. */
function readHeader(bytes: Uint8Array, start: number): Header | null {
  let length = 0;
  for (let at = start + 1; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    length = length * 128 + (byte & 0x7f);
    if (byte < 0x80) return { kind: bytes[start] as number, length, bytes: at + 1 - start };
  }
  return null;
}

function headerOf(code: number, length: number): number[] {
  const groups = [length & 0x7f];
  for (let rest = length >>> 7; rest > 0; rest >>>= 7) groups.unshift((rest & 0x7f) | 0x80);
  return [code, ...groups];
}

export function unit(code: number, payload: Uint8Array = new Uint8Array(0)): Uint8Array {
  const header = headerOf(code, payload.length);
  const bytes = new Uint8Array(header.length + payload.length);
  bytes.set(header);
  bytes.set(payload, header.length);
  return bytes;
}

const startsWith = (bytes: Uint8Array, at: number, word: Uint8Array) =>
  word.every((byte, index) => bytes[at + index] === byte);

export const guarded: Framing = {
  headerBytesMax: 6,
  createDecoder: (payloadBytesMax) => new GuardedDecoder(payloadBytesMax, question, answer),
  bytesBound: (payload: EncodedPayload) =>
    6 + (typeof payload === "string" ? payload.length * 3 : payload.length),
  encodeInto(target, offset, payload) {
    const bytes = typeof payload === "string" ? bytesOf(payload) : payload;
    const frame = unit(kind.data, bytes);
    target.set(frame, offset);
    return offset + frame.length;
  },
  nextBoundary(bytes, start, position) {
    let boundary = start;
    while (boundary < position) boundary += unitBytes(bytes, boundary);
    return boundary;
  },
};

function unitBytes(bytes: Uint8Array, at: number): number {
  for (const word of [answer, busy]) if (startsWith(bytes, at, word)) return word.length;
  const header = readHeader(bytes, at) as Header;
  return header.bytes + header.length;
}

/** Either end's: what it waits for before the first frame, and what it answers to that. */
export class GuardedDecoder implements PayloadDecoder {
  payloadBytesMax: number;
  fault: FrameFault | null = null;
  ended = false;
  /** Payloads of the pongs that came. */
  readonly pongs: Uint8Array[] = [];
  readonly #awaited: Uint8Array;
  readonly #answer: Uint8Array;
  #isOpen = false;
  #buffer = new Uint8Array(0);
  #replies: Uint8Array[] = [];
  #controlBytes = 0;

  constructor(payloadBytesMax: number, awaited: Uint8Array, reply: Uint8Array) {
    this.payloadBytesMax = payloadBytesMax;
    this.#awaited = awaited;
    this.#answer = reply;
  }

  get bufferedBytes(): number {
    return this.#buffer.length;
  }

  push(chunk: Uint8Array): void {
    if (this.fault === null) this.#buffer = new Uint8Array(Buffer.concat([this.#buffer, chunk]));
  }

  next(): Uint8Array | null {
    if (!this.#isOpen && !this.#open()) return null;
    while (this.fault === null && !this.ended) {
      const header = readHeader(this.#buffer, 0);
      if (header === null) return null;
      if (header.length > this.payloadBytesMax) {
        const { length } = header;
        return this.#fail({ code: "frame_too_large", length, limit: this.payloadBytesMax });
      }
      if (this.#buffer.length < header.bytes + header.length) return null;
      const payload = this.#take(header.bytes + header.length).subarray(header.bytes);
      if (header.kind === kind.data) return payload;
      this.#control(header.kind, payload);
    }
    return null;
  }

  clear(): void {
    this.#buffer = new Uint8Array(0);
  }

  takeReply(): Uint8Array | null {
    if (this.#replies.length === 0) return null;
    return new Uint8Array(Buffer.concat(this.#replies.splice(0)));
  }

  takeControlBytes(): number {
    const bytes = this.#controlBytes;
    this.#controlBytes = 0;
    return bytes;
  }

  farewell(close: Uint8Array): Uint8Array {
    if (!this.#isOpen) return busy;
    return new Uint8Array(Buffer.concat([close, unit(kind.end)]));
  }

  #open(): boolean {
    const { length } = this.#awaited;
    if (this.#buffer.length < length) return false;
    if (!startsWith(this.#buffer, 0, this.#awaited)) {
      this.#fail({ code: "malformed", message: "this is no handshake" });
      return false;
    }
    this.#take(length);
    this.#isOpen = true;
    if (this.#answer.length > 0) this.#replies.push(this.#answer);
    return true;
  }

  #control(code: number, payload: Uint8Array): void {
    this.#controlBytes += payload.length + 2;
    if (code === kind.ping) this.#replies.push(unit(kind.pong, payload));
    else if (code === kind.pong) this.pongs.push(payload);
    else if (code === kind.end) this.ended = true;
    else this.#fail({ code: "malformed", message: "there is no such kind of frame" });
  }

  #take(bytes: number): Uint8Array {
    const taken = this.#buffer.slice(0, bytes);
    this.#buffer = this.#buffer.subarray(bytes);
    return taken;
  }

  #fail(fault: FrameFault): null {
    this.fault = fault;
    this.clear();
    return null;
  }
}

/** The client's end of it. */
export const createGuardedClient = () =>
  new GuardedDecoder(64 * 1024 * 1024, answer, new Uint8Array(0));
