// The header of a frame that a client sends over a WebSocket (RFC 6455, 5.2): the server's, and behind
// it the key that the payload is masked with. Owns its layout, and what may stand in it.

import { closeCode } from "./close-frame.ts";
import type { ReceivedBytes } from "./received-bytes.ts";
import {
  controlBytesMax,
  finBit,
  length16,
  length64,
  maskBit,
  opcode,
  opcodeBits,
  readUint,
  reservedBits,
} from "./server-frames.ts";

/** Filled anew for each frame: an object a frame would be one a message. */
export interface ClientHeader {
  first: number;
  isMasked: boolean;
  /** Of the header itself, the key included. */
  bytes: number;
  /** All of them are there; else `length` is not known. */
  isWhole: boolean;
  /** Of the payload. */
  length: number;
}

export const keyBytes = 4;

/** False until its first two bytes are there, which tell what the frame is; nothing is taken. */
export function readClientHeader(received: ReceivedBytes, into: ClientHeader): boolean {
  const { bytes, start, length: available } = received;
  if (available < 2) return false;
  const second = bytes[start + 1] as number;
  const short = second & ~maskBit;
  const extended = short === length16 ? 2 : short === length64 ? 8 : 0;
  into.first = bytes[start] as number;
  into.isMasked = second >= maskBit;
  into.bytes = 2 + extended + (into.isMasked ? keyBytes : 0);
  into.isWhole = available >= into.bytes;
  // What needs a longer form is at least as long as the mark of that.
  into.length = extended > 0 && into.isWhole ? readUint(bytes, start + 2, extended) : short;
  return true;
}

/** What is wrong with a frame, and the code to close with. */
export interface HeaderFault {
  readonly code: number;
  readonly message: string;
}

const broken = (message: string): HeaderFault => ({ code: closeCode.protocolError, message });

/** `isBegun`: fragments of a message have come, and its end has not. Null: the frame may stand here. */
export function judgeHeader(header: ClientHeader, isBegun: boolean): HeaderFault | null {
  const { first, length } = header;
  if ((first & reservedBits) !== 0) return broken("no extension was agreed on");
  if (!header.isMasked) return broken("a client masks its frames");
  switch (first & opcodeBits) {
    case opcode.text:
      return isBegun ? broken("a message begins inside another one") : null;
    case opcode.continuation:
      return isBegun ? null : broken("a message has no beginning");
    case opcode.binary:
      return { code: closeCode.unsupportedData, message: "messages are text" };
    case opcode.close:
    case opcode.ping:
    case opcode.pong:
      if ((first & finBit) === 0) return broken("a control frame comes in one piece");
      return length > controlBytesMax ? broken("a control frame is too long") : null;
    default:
      return broken("there is no such kind of frame");
  }
}
