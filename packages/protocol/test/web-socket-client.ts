// A WebSocket's other end, for tests: requests and masked frames as bytes, sound or broken, and what a
// server sent as events. Written against RFC 6455 and not with the parts that it tests.

import { bytesOf, joined, textOf } from "./bytes.ts";

export const text = 1;
export const control = { close: 8, ping: 9, pong: 10 } as const;

export interface ClientFrame {
  readonly opcode?: number;
  readonly fin?: boolean;
  /** 0 to 7. */
  readonly reserved?: number;
  readonly isMasked?: boolean;
  /** Bytes of the extended length; the shortest form, unless it is given. */
  readonly extended?: 0 | 2 | 8;
  /** What the header claims, if it is not the payload's. */
  readonly length?: number;
  readonly key?: readonly [number, number, number, number];
}

export function clientFrame(payload: string | Uint8Array, how: ClientFrame = {}): Uint8Array {
  const { opcode = text, fin = true, reserved = 0, isMasked = true } = how;
  const { key = [0x37, 0xfa, 0x21, 0x3d] } = how;
  const bytes = typeof payload === "string" ? bytesOf(payload) : payload;
  const { length = bytes.length } = how;
  const extended = how.extended ?? (length < 126 ? 0 : length < 65_536 ? 2 : 8);
  const short = extended === 0 ? length : extended === 2 ? 126 : 127;
  const lengthBytes = Array.from({ length: extended }, (_, index) =>
    Number((BigInt(length) >> BigInt(8 * (extended - 1 - index))) & 0xffn),
  );
  const header = [
    (fin ? 0x80 : 0) | (reserved << 4) | opcode,
    (isMasked ? 0x80 : 0) | short,
    ...lengthBytes,
    ...(isMasked ? key : []),
  ];
  const masked = isMasked ? bytes.map((byte, at) => byte ^ (key[at % 4] as number)) : bytes;
  return joined([Uint8Array.from(header), masked]);
}

export const upgradeKey = "dGhlIHNhbXBsZSBub25jZQ==";
/** What RFC 6455 answers to that key. */
export const upgradeAnswer = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/** A request with these headers; `undefined` leaves one out. */
export function upgradeRequest(
  headers: Record<string, string | undefined> = {},
  requestLine = "GET /ws HTTP/1.1",
): string {
  const all: Record<string, string | undefined> = {
    Host: "127.0.0.1",
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": upgradeKey,
    "Sec-WebSocket-Version": "13",
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== undefined);
  return `${requestLine}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Uint8Array;
}

/** The frames that a server sent; throws on anything that a server may not send. */
export function readServerFrames(stream: Uint8Array): ServerFrame[] {
  const frames: ServerFrame[] = [];
  const view = new DataView(stream.buffer, stream.byteOffset, stream.length);
  for (let at = 0; at < stream.length; ) {
    const [first, second] = [view.getUint8(at), view.getUint8(at + 1)];
    if ((first & 0xf0) !== 0x80 || second >= 0x80) throw new Error(`no frame of a server at ${at}`);
    const extended = second === 126 ? 2 : second === 127 ? 8 : 0;
    const length =
      extended === 0
        ? second
        : extended === 2
          ? view.getUint16(at + 2)
          : Number(view.getBigUint64(at + 2));
    if (extended > 0 && length < (extended === 2 ? 126 : 65_536)) throw new Error("a long header");
    const from = at + 2 + extended;
    if (from + length > stream.length) throw new Error("a frame is cut");
    frames.push({ opcode: first & 0x0f, payload: stream.subarray(from, from + length) });
    at = from + length;
  }
  return frames;
}

/** A close frame's code and reason. */
export function readClose({ opcode, payload }: ServerFrame): { code: number; reason: string } {
  if (opcode !== control.close || payload.length < 2) throw new Error("no close frame with a code");
  return {
    code: (payload[0] as number) * 256 + (payload[1] as number),
    reason: textOf(payload.subarray(2)),
  };
}
