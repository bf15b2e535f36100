// How a protocol cuts the byte stream into payloads: a parameter of defineProtocol. The seam alone;
// length-prefixed.ts and raw-bytes.ts are the two that come with the package. What speaks a
// protocol (core's shards, a client) asks these questions and never looks at a header itself.

/** A message in its wire form, before the header: JSON text, or bytes as they are. */
export type EncodedPayload = string | Uint8Array;

/**
 * A framing owns all that stands on the wire beside the payloads: the header, of whatever length; a
 * handshake before the first frame; control frames, which it answers by itself; and the form of the
 * last words. It owns no socket and no timer, and knows nothing of what a payload means.
 *
 * It has two halves. Out: a frame is encoded once for all who get it, so `encodeInto` and
 * `nextBoundary` are the same for every connection and keep no state. In: what one connection has
 * sent, and how far its handshake has come, is the state of its own decoder.
 */
export interface Framing {
  /** The most bytes that a frame has beside its payload. */
  readonly headerBytesMax: number;
  /** One connection's half, at its start. `payloadBytesMax` bounds each payload, in bytes. */
  createDecoder(payloadBytesMax: number): PayloadDecoder;
  /** Bytes to reserve before `encodeInto`: an upper bound that is cheap to compute. */
  bytesBound(payload: EncodedPayload): number;
  /**
   * Writes the payload as a frame at `offset`; returns the offset behind it. `target` has
   * `bytesBound(payload)` bytes free there, and may lie in shared memory.
   */
  encodeInto(target: Uint8Array, offset: number, payload: EncodedPayload): number;
  /**
   * The first place ≥ `position` where a frame begins, walking from `start`, where one does: there the
   * stream may be cut. What decoders have said (`takeReply`, `farewell`) stands in the same stream and
   * counts as frames. The frame that holds `position` is there with its header.
   */
  nextBoundary(bytes: Uint8Array, start: number, position: number): number;
}

/**
 * Why a stream can't be decoded any further. The connection ends with it, and its peer is told the
 * code: a length out of bounds (`length` was claimed, `limit` allowed, in bytes), or something that
 * is no frame, with one sentence for a person.
 */
export type FrameFault =
  | { readonly code: "frame_too_large"; readonly length: number; readonly limit: number }
  | { readonly code: "malformed"; readonly message: string };

/** One connection's half of a framing: payloads out of a stream of bytes, and what it says itself. */
export interface PayloadDecoder {
  /** Payload bytes allowed from the next header on. */
  payloadBytesMax: number;
  /** Set once the stream is undecodable; `next` then returns null for ever. */
  readonly fault: FrameFault | null;
  /** The peer has said in the framing's own words that it will send no more; as good as its FIN. */
  readonly ended: boolean;
  /** Bytes received and not yet taken. */
  readonly bufferedBytes: number;
  /** Takes ownership of `chunk` until the last payload inside it has been used. */
  push(chunk: Uint8Array): void;
  /** The next whole payload, valid until the next `push`; null: more bytes are needed, or a fault. */
  next(): Uint8Array | null;
  /** Lets go of everything received and not taken: it is never asked for. */
  clear(): void;
  /**
   * What the framing itself answers: a handshake's reply, a pong. Whole units, once each, to be
   * written before anything that is enqueued later; null: nothing. Bounded by what was received.
   * The caller owns the bytes.
   */
  takeReply(): Uint8Array | null;
  /**
   * Bytes taken since this was last asked that were part of no payload: a handshake, control frames.
   * They count as read, and as heard.
   */
  takeControlBytes(): number;
  /**
   * The last words on the wire, given the frame of the protocol's `close` (empty where it has none, and
   * where the peer has ended the stream by itself).
   * The same frame, unless the framing ends a stream in its own words: behind it, or in its place
   * while the handshake is not over.
   */
  farewell(close: Uint8Array): Uint8Array;
}

/** The frame in memory of its own, for callers that have no buffer to write into. */
export function frameOf(framing: Framing, payload: EncodedPayload): Uint8Array {
  const scratch = new Uint8Array(framing.bytesBound(payload));
  return scratch.slice(0, framing.encodeInto(scratch, 0, payload));
}
