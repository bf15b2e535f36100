// Byte handling that several tests share: joining, cutting and draining. Nothing of the product.

import { encodeFrame } from "../src/frame/frame.ts";
import type { PayloadDecoder } from "../src/frame/framing.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** The frames of `payloads`, one behind the other. */
export function streamOf(payloads: readonly string[]): Uint8Array {
  return joined(payloads.map(encodeFrame));
}

/** Cuts `bytes` at the given places; each piece has memory of its own, as a socket's chunks do. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...[...places].sort((a, b) => a - b), bytes.length];
  return sorted.slice(1).map((end, index) => bytes.slice(sorted[index], end));
}

/** The payloads that the chunks hold, as text; taken after every push, as a connection does. */
export function decodeChunks(into: PayloadDecoder, chunks: readonly Uint8Array[]): string[] {
  const payloads: string[] = [];
  for (const chunk of chunks) {
    into.push(chunk);
    for (let payload = into.next(); payload !== null; payload = into.next()) {
      payloads.push(textOf(payload));
    }
  }
  return payloads;
}
