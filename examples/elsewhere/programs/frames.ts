// A stranger who wants frames alone.

import { encodeFrame, FrameDecoder } from "@maru/protocol";

export function sizeOf(payload: string): number {
  const decoder = new FrameDecoder(1000);
  decoder.push(encodeFrame(payload));
  return decoder.next()?.length ?? 0;
}
