// What a server sends over a WebSocket (RFC 6455, 5.2): whole text frames, unmasked, behind the answer
// to the upgrade request. Owns their layout, and finds where one ends in a stream of them.
//
//   0        1         2                        ┌ none up to 125 bytes, where length is the length
//   ┌────────┬─────────┬──────────┬─────────┐   │ u16 where length is 126
//   │ 0x81   │ length  │ extended │ payload │   │ u64 where length is 127
//   └────────┴─────────┴──────────┴─────────┘   └ big-endian, the shortest form
//    fin, text           0, 2 or 8

import type { EncodedPayload } from "../framing.ts";
import { answerBytes, isAnswer } from "./upgrade-answer.ts";

export const opcode = {
  continuation: 0,
  text: 1,
  binary: 2,
  close: 8,
  ping: 9,
  pong: 10,
} as const;

/** The first byte's bit of a message's last frame, and those that an extension would have to define. */
export const finBit = 0x80;
export const reservedBits = 0x70;
/** And its other bits. */
export const opcodeBits = 0x0f;
/** The second byte's bit of a frame with a masking key, which clients must have and servers must not. */
export const maskBit = 0x80;

/** Bytes of a control frame's payload. */
export const controlBytesMax = 125;
export const isControl = (first: number): boolean => (first & 0x08) !== 0;

/** Lengths above this have two more bytes, and above 65,535 eight. */
export const shortLengthMax = 125;
export const length16 = 126;
export const length64 = 127;

/** Bytes of the longest header that we write. */
export const serverHeaderBytesMax = 10;
/** UTF-8 needs at most so many bytes for each UTF-16 unit. */
const bytesOfUnitMax = 3;

const textEncoder = new TextEncoder();

const headerBytesOf = (length: number) =>
  length <= shortLengthMax ? 2 : length <= 0xffff ? 4 : 10;

export const serverFrameBytesBound = (payload: EncodedPayload): number =>
  serverHeaderBytesMax +
  (typeof payload === "string" ? payload.length * bytesOfUnitMax : payload.length);

/** As `Framing.encodeInto`; bytes must be UTF-8. */
export function encodeServerFrame(
  target: Uint8Array,
  offset: number,
  payload: EncodedPayload,
): number {
  if (typeof payload !== "string") {
    const from = writeHeader(target, offset, payload.length);
    target.set(payload, from);
    return from + payload.length;
  }
  // Where the text's length says that it begins; text that is not ASCII may need a longer header.
  const guess = offset + headerBytesOf(payload.length);
  const { read, written } = textEncoder.encodeInto(payload, target.subarray(guess));
  if (read !== payload.length) throw new RangeError("the target is too small for the frame");
  const from = writeHeader(target, offset, written, guess);
  return from + written;
}

/** A control frame, in memory of its own; the payload has at most controlBytesMax bytes. */
export function controlFrame(code: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(2 + payload.length);
  frame[0] = finBit | code;
  frame[1] = payload.length;
  frame.set(payload, 2);
  return frame;
}

/** Returns where the payload begins. One that stands elsewhere already is moved there first. */
function writeHeader(target: Uint8Array, offset: number, length: number, stands = -1): number {
  const from = offset + headerBytesOf(length);
  if (stands >= 0 && stands !== from) target.copyWithin(from, stands, stands + length);
  target[offset] = finBit | opcode.text;
  if (length <= shortLengthMax) {
    target[offset + 1] = length;
  } else if (length <= 0xffff) {
    target[offset + 1] = length16;
    target[offset + 2] = length >>> 8;
    target[offset + 3] = length;
  } else {
    target[offset + 1] = length64;
    const high = Math.floor(length / 0x1_0000_0000);
    for (let byte = 0; byte < 4; byte += 1) {
      target[offset + 2 + byte] = high >>> (24 - 8 * byte);
      target[offset + 6 + byte] = length >>> (24 - 8 * byte);
    }
  }
  return from;
}

/** As `Framing.nextBoundary`, for all that a server says: answers to upgrades and frames. */
export function nextServerBoundary(bytes: Uint8Array, start: number, position: number): number {
  let boundary = start;
  while (boundary < position) {
    boundary += isAnswer(bytes, boundary)
      ? answerBytes(bytes, boundary)
      : frameBytes(bytes, boundary);
  }
  return boundary;
}

/** The payload of one whole frame, as a view. */
export function payloadOf(frame: Uint8Array): Uint8Array {
  const length = frame[1] as number;
  return frame.subarray(length <= shortLengthMax ? 2 : length === length16 ? 4 : 10);
}

function frameBytes(bytes: Uint8Array, at: number): number {
  const length = bytes[at + 1] as number;
  if (length <= shortLengthMax) return 2 + length;
  if (length === length16) return 4 + readUint(bytes, at + 2, 2);
  return 10 + readUint(bytes, at + 2, 8);
}

/** Big-endian; exact up to 2^53, and above that still larger than any bound. */
export function readUint(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let byte = 0; byte < length; byte += 1) value = value * 256 + (bytes[at + byte] as number);
  return value;
}
