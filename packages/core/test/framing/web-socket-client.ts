// A client's half of a WebSocket as a framing, for tests: masked frames out, and of what comes the
// answer to the upgrade, text, and what else was said. Written against RFC 6455, not with the server's.

import type { EncodedPayload, Framing, PayloadDecoder } from "@maru/protocol";

const textEncoder = new TextEncoder();
const maskKey = [0x37, 0xfa, 0x21, 0x3d] as const;

export const kind = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A masked frame. */
export function clientFrame(payload: string | Uint8Array, opcode: number = kind.text, fin = true) {
  const bytes = typeof payload === "string" ? textEncoder.encode(payload) : payload;
  const { length } = bytes;
  const long = length < 126 ? [] : length < 65_536 ? [length >>> 8, length & 0xff] : null;
  const extended = long ?? [0, 0, 0, 0, ...[24, 16, 8, 0].map((bits) => (length >>> bits) & 0xff)];
  const short = long === null ? 127 : long.length > 0 ? 126 : length;
  const header = [(fin ? 0x80 : 0) | opcode, 0x80 | short, ...extended, ...maskKey];
  const frame = new Uint8Array(header.length + length);
  frame.set(header);
  frame.set(
    bytes.map((byte, at) => byte ^ (maskKey[at & 3] as number)),
    header.length,
  );
  return frame;
}

export function upgradeRequest(headers: Record<string, string> = {}, target = "/ws"): Uint8Array {
  const all = {
    Host: "127.0.0.1",
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return textEncoder.encode(`GET ${target} HTTP/1.1\r\n${lines.join("")}\r\n`);
}

export const webSocketClient: Framing = {
  headerBytesMax: 14,
  createDecoder: () => new ClientDecoder(),
  bytesBound: (payload: EncodedPayload) =>
    14 + (typeof payload === "string" ? payload.length * 3 : payload.length),
  encodeInto(target, offset, payload) {
    const frame = clientFrame(payload);
    target.set(frame, offset);
    return offset + frame.length;
  },
  nextBoundary: (_bytes, _start, position) => position,
};

/** Takes whatever comes, and keeps what is no message. */
export class ClientDecoder implements PayloadDecoder {
  payloadBytesMax = 2 ** 31;
  readonly fault = null;
  readonly ended = false;
  /** The head of what was answered to the request. */
  answer = "";
  readonly pongs: string[] = [];
  /** Of the close frame; 1005 without a code. */
  close: { readonly code: number; readonly reason: string } | null = null;
  /** Frames that came behind the close frame. */
  late = 0;
  #buffer: Buffer = Buffer.alloc(0);
  #chunks: Uint8Array[] = [];

  get bufferedBytes(): number {
    return this.#chunks.reduce((sum, { length }) => sum + length, this.#buffer.length);
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
  }

  next(): Uint8Array | null {
    if (this.#chunks.length > 0) this.#buffer = Buffer.concat([this.#buffer, ...this.#chunks]);
    this.#chunks = [];
    if (this.answer === "" && !this.#readAnswer()) return null;
    for (let frame = this.#takeFrame(); frame !== null; frame = this.#takeFrame()) {
      if (this.close !== null) this.late += 1;
      if (frame.opcode === kind.text) return frame.payload;
      if (frame.opcode === kind.pong) this.pongs.push(frame.payload.toString());
      else if (frame.opcode === kind.close) {
        const code = frame.payload.length > 1 ? frame.payload.readUInt16BE() : 1005;
        this.close = { code, reason: frame.payload.subarray(2).toString() };
      } else throw new Error(`a frame of kind ${frame.opcode}`);
    }
    return null;
  }

  clear(): void {}

  takeReply(): null {
    return null;
  }

  takeControlBytes(): number {
    return 0;
  }

  farewell(close: Uint8Array): Uint8Array {
    return close;
  }

  #readAnswer(): boolean {
    const end = this.#buffer.indexOf("\r\n\r\n");
    if (end < 0) return false;
    this.answer = this.#buffer.toString("latin1", 0, end);
    if (!this.answer.startsWith("HTTP/1.1 101 ")) throw new Error(this.answer);
    this.#buffer = this.#buffer.subarray(end + 4);
    return true;
  }

  #takeFrame(): { opcode: number; payload: Buffer } | null {
    const buffer = this.#buffer;
    if (buffer.length < 2) return null;
    const [first, short] = [buffer[0] as number, buffer[1] as number];
    if ((first & 0xf0) !== 0x80 || short > 127) throw new Error("no whole frame of a server");
    const from = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (buffer.length < from) return null;
    const length =
      short < 126
        ? short
        : short === 126
          ? buffer.readUInt16BE(2)
          : Number(buffer.readBigUInt64BE(2));
    if (buffer.length < from + length) return null;
    this.#buffer = buffer.subarray(from + length);
    return { opcode: first & 0x0f, payload: buffer.subarray(from, from + length) };
  }
}
