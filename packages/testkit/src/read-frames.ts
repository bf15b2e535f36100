// Reads a recorded stream back into messages, and says whether it ends at a frame.

import { FrameDecoder } from "@maru/protocol";
import type { PeerMessage } from "./frame-peer.ts";

export interface ReadFrames {
  readonly messages: readonly PeerMessage[];
  /** Bytes behind the last whole frame; 0 when the stream ends at a frame. */
  readonly restBytes: number;
}

const textDecoder = new TextDecoder();

/** Throws on a payload that is no JSON: what core writes always is. */
export function readFrames(stream: Uint8Array): ReadFrames {
  const decoder = new FrameDecoder(0xffff_ffff);
  decoder.push(stream.slice());
  const messages: PeerMessage[] = [];
  for (let payload = decoder.next(); payload !== null; payload = decoder.next()) {
    messages.push(JSON.parse(textDecoder.decode(payload)) as PeerMessage);
  }
  return { messages, restBytes: decoder.bufferedBytes };
}
