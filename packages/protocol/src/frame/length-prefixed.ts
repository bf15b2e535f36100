// Maru's own framing, and the default: a u32 length and that many bytes. Nothing before the first
// frame, no control frames, no last words of its own.

import { encodeFrameInto, frameBytesBound, frameHeaderBytes, nextFrameBoundary } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import type { Framing } from "./framing.ts";

export const lengthPrefixed: Framing = {
  headerBytesMax: frameHeaderBytes,
  createDecoder: (payloadBytesMax) => new FrameDecoder(payloadBytesMax),
  bytesBound: frameBytesBound,
  encodeInto: encodeFrameInto,
  nextBoundary: nextFrameBoundary,
};
