// One TCP connection: messages out as frames, frames in as messages.
// Owns the socket, its outgoing buffer and the bytes of a half-received frame. Knows nothing of
// replies, rooms or reconnecting; reports each thing once to its handlers.

import { connect as connectSocket, type Socket } from "node:net";
import { encodeFrameInto, FrameDecoder, frameBytesBound, startTimer } from "@maru/protocol";
import { type ChatClientMessage, type ChatServerMessage, chatProtocol } from "@maru/protocol/chat";
import { localError } from "../chat-error.ts";
import { answerBytesMax, foreignText } from "./connect-words.ts";

export interface TransportHandlers {
  opened(): void;
  message(message: ChatServerMessage): void;
  /** What was written has left the process's buffers; more may be sent. */
  drained(): void;
  /** The end, reported once; `cause` is absent when the peer simply ended. */
  ended(cause?: unknown): void;
}

export interface Transport {
  /** Queues a message; everything of one turn of the event loop leaves in one write. */
  send(message: ChatClientMessage): void;
  /** False while the kernel takes no more: a caller that can wait should. */
  readonly writable: boolean;
  /** Stops delivering messages, in the middle of a chunk if need be, and stops reading. */
  pause(): void;
  resume(): void;
  /** Flushes, says goodbye, and lets go after `graceMs` at the latest. Nothing is reported after. */
  end(graceMs: number): void;
  /** Lets go at once. Nothing is reported after. */
  destroy(): void;
}

export type Dial = (host: string, port: number, handlers: TransportHandlers) => Transport;

/** Bytes of one frame from a server: pages of long texts are the largest. */
const payloadBytesMax = 16 * 1024 * 1024;

export const dialTcp: Dial = (host, port, handlers) => new TcpTransport(host, port, handlers);

class TcpTransport implements Transport {
  writable = true;
  readonly #socket: Socket;
  readonly #handlers: TransportHandlers;
  readonly #decoder = new FrameDecoder(payloadBytesMax);
  readonly #place: { readonly host: string; readonly port: number };
  /** What came first, until it turned out to be Maru's. */
  #answer: Uint8Array | null = new Uint8Array(0);
  #outgoing: string[] = [];
  #flushQueued = false;
  #paused = false;
  #delivering = false;
  #cause: unknown;
  #over = false;

  constructor(host: string, port: number, handlers: TransportHandlers) {
    this.#handlers = handlers;
    this.#place = { host, port };
    this.#socket = connectSocket({ host, port, noDelay: true });
    this.#socket.on("connect", () => this.#over || handlers.opened());
    this.#socket.on("data", (chunk: Uint8Array) => this.#receive(chunk));
    this.#socket.on("drain", () => this.#drained());
    this.#socket.on("error", (cause) => {
      this.#cause = cause;
    });
    // The server said all it will: nothing of ours would be read any more.
    this.#socket.on("end", () => this.#socket.end());
    this.#socket.on("close", () => this.#ended(this.#cause));
  }

  send(message: ChatClientMessage): void {
    if (this.#over) return;
    this.#outgoing.push(JSON.stringify(message));
    if (this.#flushQueued) return;
    this.#flushQueued = true;
    setImmediate(() => this.#flush());
  }

  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#paused || this.#over) return;
    this.#paused = false;
    this.#deliver();
    if (!this.#paused) this.#socket.resume();
  }

  end(graceMs: number): void {
    this.#over = true;
    this.#flush();
    this.#socket.resume();
    this.#socket.end();
    this.#socket.once(
      "close",
      startTimer(graceMs, () => this.#socket.destroy()),
    );
  }

  destroy(): void {
    this.#over = true;
    this.#socket.destroy();
  }

  #flush(): void {
    this.#flushQueued = false;
    if (this.#outgoing.length === 0 || this.#socket.destroyed) return;
    const payloads = this.#outgoing;
    this.#outgoing = [];
    // The socket keeps the memory until the kernel has it all, so each write has its own.
    const bound = payloads.reduce((bytes, payload) => bytes + frameBytesBound(payload), 0);
    const bytes = Buffer.allocUnsafe(bound);
    let end = 0;
    for (const payload of payloads) end = encodeFrameInto(bytes, end, payload);
    this.writable = this.#socket.write(bytes.subarray(0, end));
  }

  #drained(): void {
    this.writable = true;
    if (!this.#over) this.#handlers.drained();
  }

  #receive(chunk: Uint8Array): void {
    if (this.#over) return;
    if (this.#answer !== null && this.#answer.length < answerBytesMax) {
      this.#answer = Buffer.concat([this.#answer, chunk.subarray(0, answerBytesMax)]);
    }
    this.#decoder.push(chunk);
    this.#deliver();
  }

  #deliver(): void {
    // A handler may pause, resume or destroy; resuming inside a delivery must not start another.
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      while (!this.#paused && !this.#over) {
        const payload = this.#decoder.next();
        if (payload === null) break;
        this.#decode(payload);
      }
    } finally {
      this.#delivering = false;
    }
    if (this.#decoder.fault !== null) this.#broken("a frame's length is out of bounds");
  }

  #decode(payload: Uint8Array): void {
    const decoded = chatProtocol.server.decode(payload);
    // A newer server may say more than this client knows; what it knows must be well-formed.
    if (!decoded.ok && decoded.fault.code === "malformed") {
      return this.#broken(decoded.fault.message);
    }
    // It is no stranger that says something of a known type, even if that breaks a rule.
    this.#answer = null;
    if (!decoded.ok && decoded.fault.code === "invalid_message") {
      const { field, message } = decoded.fault;
      return this.#broken(field === undefined ? message : `${field}: ${message}`);
    }
    if (decoded.ok) this.#handlers.message(decoded.message);
  }

  #broken(problem: string): void {
    this.#socket.destroy();
    const answer = this.#answer;
    this.#ended(
      answer === null
        ? localError("protocol_error", `The server broke the protocol: ${problem}.`)
        : localError("not_maru", foreignText(this.#place, answer)),
    );
  }

  #ended(cause: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#handlers.ended(cause);
  }
}
