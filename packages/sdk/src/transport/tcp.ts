// One TCP connection: payloads out as frames, frames in as payloads.
// Owns the socket, its outgoing buffer and the bytes of a half-received frame.

import { connect as connectSocket, type Socket } from "node:net";
import { type EncodedPayload, type Framing, type PayloadDecoder, startTimer } from "@maru/protocol";
import { answerBytesMax } from "./connect-words.ts";
import {
  type Dialer,
  payloadBytesMax,
  type Transport,
  type TransportHandlers,
} from "./transport.ts";

/** Where a server listens. */
export interface TcpPlace {
  readonly host: string;
  readonly port: number;
}

/** TCP, in Bun and Node. */
export function dialTcp({ host, port }: TcpPlace): Dialer {
  return {
    place: `${host.includes(":") ? `[${host}]` : host}:${port}`,
    dial: (handlers, framing) => new TcpTransport({ host, port }, handlers, framing),
  };
}

class TcpTransport implements Transport {
  writable = true;
  firstBytes = new Uint8Array(0);
  readonly #socket: Socket;
  readonly #handlers: TransportHandlers;
  readonly #framing: Framing;
  readonly #decoder: PayloadDecoder;
  #outgoing: EncodedPayload[] = [];
  #flushQueued = false;
  #paused = false;
  #delivering = false;
  #cause: unknown;
  #over = false;

  constructor({ host, port }: TcpPlace, handlers: TransportHandlers, framing: Framing) {
    this.#handlers = handlers;
    this.#framing = framing;
    this.#decoder = framing.createDecoder(payloadBytesMax);
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

  send(payload: EncodedPayload): void {
    if (this.#over) return;
    this.#outgoing.push(payload);
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
    const framing = this.#framing;
    // The socket keeps the memory until the kernel has it all, so each write has its own.
    const bound = payloads.reduce((bytes, payload) => bytes + framing.bytesBound(payload), 0);
    const bytes = Buffer.allocUnsafe(bound);
    let end = 0;
    for (const payload of payloads) end = framing.encodeInto(bytes, end, payload);
    this.writable = this.#socket.write(bytes.subarray(0, end));
  }

  #drained(): void {
    this.writable = true;
    if (!this.#over) this.#handlers.drained();
  }

  #receive(chunk: Uint8Array): void {
    if (this.#over) return;
    if (this.firstBytes.length < answerBytesMax) {
      this.firstBytes = Buffer.concat([this.firstBytes, chunk.subarray(0, answerBytesMax)]);
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
        this.#handlers.payload(payload);
      }
    } finally {
      this.#delivering = false;
    }
    if (this.#decoder.fault !== null && !this.#over) this.#broken();
  }

  #broken(): void {
    this.destroy();
    this.#handlers.broken("a frame's length is out of bounds");
  }

  #ended(cause: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#handlers.ended(cause);
  }
}
