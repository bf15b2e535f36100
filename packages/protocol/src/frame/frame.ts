// The frame: the one unit that crosses the wire. Owns the header's layout, and how a payload is
// written as a frame into memory that the caller owns. Never grows a buffer and never sends: core's
// arena and the SDK decide where the bytes live.
//
//   0        4                       4+length
//   ┌────────┬───────────────────────┐
//   │ length │ payload               │   length: u32, big-endian, 1 ≤ length ≤ limit
//   └────────┴───────────────────────┘

import type { EncodedPayload } from "./framing.ts";

/** Bytes of the length that precedes every payload. */
export const frameHeaderBytes = 4;

const textEncoder = new TextEncoder();

/** Reads the length at `offset`; the caller guarantees four readable bytes there. */
export function readFrameLength(bytes: Uint8Array, offset: number): number {
  return (
    ((bytes[offset] as number) * 0x1000000 +
      (((bytes[offset + 1] as number) << 16) |
        ((bytes[offset + 2] as number) << 8) |
        (bytes[offset + 3] as number))) >>>
    0
  );
}

/** Writes `length` as the four header bytes at `offset`. */
export function writeFrameLength(bytes: Uint8Array, offset: number, length: number): void {
  bytes[offset] = length >>> 24;
  bytes[offset + 1] = length >>> 16;
  bytes[offset + 2] = length >>> 8;
  bytes[offset + 3] = length;
}

/** An upper bound on the frame's bytes, cheap to compute: UTF-8 needs at most 3 per UTF-16 unit. */
export function frameBytesBound(payload: EncodedPayload): number {
  return frameHeaderBytes + (typeof payload === "string" ? payload.length * 3 : payload.length);
}

/**
 * Writes header and payload at `offset` and returns the offset behind them.
 *
 * `target` must have `frameBytesBound(payload)` bytes free at `offset`; it may lie in shared memory.
 */
export function encodeFrameInto(
  target: Uint8Array,
  offset: number,
  payload: EncodedPayload,
): number {
  const from = offset + frameHeaderBytes;
  let length: number;
  if (typeof payload === "string") {
    const { read, written } = textEncoder.encodeInto(payload, target.subarray(from));
    // A full target cuts the text short without a word, and the frame would be a lie.
    if (read !== payload.length) throw new RangeError("the target is too small for the frame");
    length = written;
  } else {
    target.set(payload, from);
    length = payload.length;
  }
  writeFrameLength(target, offset, length);
  return from + length;
}

/** The frame in memory of its own, for callers that have no buffer to write into. */
export function encodeFrame(payload: EncodedPayload): Uint8Array {
  const scratch = new Uint8Array(frameBytesBound(payload));
  return scratch.slice(0, encodeFrameInto(scratch, 0, payload));
}

/**
 * The first place ≥ `position` where a frame begins, walking whole frames from `start`.
 *
 * `start` must be the first byte of a frame, and the frame that holds `position` must be there with
 * its header. There a closing frame may be put without cutting another in two.
 */
export function nextFrameBoundary(bytes: Uint8Array, start: number, position: number): number {
  let boundary = start;
  while (boundary < position) boundary += frameHeaderBytes + readFrameLength(bytes, boundary);
  return boundary;
}
