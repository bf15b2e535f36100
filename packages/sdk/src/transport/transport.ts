// What a client needs of a connection, whatever carries it: whole payloads in both directions. Types alone.
// A transport owns what carries the bytes; it knows nothing of messages, replies or reconnecting.

import type { EncodedPayload, Framing } from "@maru/protocol";

/** What a transport tells; each only until `end` or `destroy` was called. */
export interface TransportHandlers {
  /** It is connected; after `dial` has returned. */
  opened(): void;
  /** One payload, valid until the handler returns. */
  payload(payload: Uint8Array): void;
  /** What came is no frame, and nothing that follows can be read: one sentence without its end. */
  broken(problem: string): void;
  /** What was written has left the process's buffers; more may be sent. */
  drained(): void;
  /** The end, reported once; `cause` is absent when the peer simply ended. */
  ended(cause?: unknown): void;
}

export interface Transport {
  /** Queues a payload; everything of one turn of the event loop leaves in one write. */
  send(payload: EncodedPayload): void;
  /** False while no more is taken: a caller that can wait should. */
  readonly writable: boolean;
  /** What came first, as it came, by which another kind of server is told; null where none is known. */
  readonly firstBytes: Uint8Array | null;
  /** Stops delivering payloads, in the middle of what has come if need be, and stops reading. */
  pause(): void;
  resume(): void;
  /** Flushes, says goodbye, and lets go after `graceMs` at the latest. Nothing is reported after. */
  end(graceMs: number): void;
  /** Lets go at once. Nothing is reported after. */
  destroy(): void;
}

/** A way to one server, by which it is connected to as often as need be. */
export interface Dialer {
  /** Where it leads, as it is written in sentences for a person: `127.0.0.1:7667`. */
  readonly place: string;
  /** Begins one connection. Throws only for what no attempt can get over. */
  dial(handlers: TransportHandlers, framing: Framing): Transport;
}

/** Bytes of one payload from a server: pages of long texts are the largest. */
export const payloadBytesMax = 16 * 1024 * 1024;
