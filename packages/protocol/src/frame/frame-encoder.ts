// Writes one payload as a frame into memory that the caller owns.
// Never grows a buffer and never sends: core's arena and the SDK decide where the bytes live.

import { frameHeaderBytes, writeFrameLength } from "./frame.ts";
import type { EncodedPayload } from "./framing.ts";

const textEncoder = new TextEncoder();

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
