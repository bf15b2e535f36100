// One WebSocket, in browsers and wherever there is one: a text message is a payload.
// Owns the socket, and what came while nothing may be delivered. A WebSocket can't be stopped from reading
// where its runtime offers no `pause`; there what waits is bounded in bytes, and beyond that it ends.

import { type EncodedPayload, startInterval, startTimer } from "@maru/protocol";
import { Fifo } from "../base/fifo.ts";
import { localError } from "../base/maru-error.ts";
import type { Dialer, Transport, TransportHandlers } from "./transport.ts";

/** Bytes that may wait for a reader who lags; one message more, and the connection ends. */
export const heldBytesMax = 4 * 1024 * 1024;
/** Bytes that a WebSocket may hold unsent before a caller that can wait should. */
export const unsentBytesMax = 256 * 1024;
/** How often is looked whether they have left, in milliseconds: a WebSocket doesn't tell. */
const lookMs = 20;

/** As much of a WebSocket as is used: a browser's own, Bun's, Node's, or that of the package `ws`. */
export interface WebSocketLike {
  binaryType: string;
  readonly bufferedAmount: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  pause?(): void;
  resume?(): void;
  terminate?(): void;
  addEventListener(type: string, listener: (event: never) => void): void;
}
export type WebSocketClass = new (url: string) => WebSocketLike;

export interface WebSocketOptions {
  /** Unless given, the runtime's own; Node has none before 22. */
  readonly WebSocket?: WebSocketClass | undefined;
}

/**
 * A WebSocket to `ws://…` or `wss://…`. Throws MaruError `invalid_url`, and `invalid_option` where there is
 * no WebSocket.
 */
export function dialWebSocket(url: string, options: WebSocketOptions = {}): Dialer {
  if (!URL.canParse(url)) throw localError("invalid_url", undefined, url);
  const own = (globalThis as { WebSocket?: WebSocketClass }).WebSocket;
  const WebSocket = options.WebSocket ?? own;
  if (WebSocket === undefined) {
    throw localError("invalid_option", "This runtime has no WebSocket; give one as `WebSocket`.");
  }
  return { place: url, dial: (handlers) => new WebSocketTransport(new WebSocket(url), handlers) };
}

const textEncoder = new TextEncoder();

function bytesOf(data: unknown): Uint8Array {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : (data as Uint8Array);
}

class WebSocketTransport implements Transport {
  readonly firstBytes = null;
  readonly #socket: WebSocketLike;
  readonly #handlers: TransportHandlers;
  readonly #held = new Fifo<Uint8Array>();
  #heldBytes = 0;
  #paused = false;
  #delivering = false;
  #cancelLook: (() => void) | null = null;
  #cause: unknown;
  #over = false;

  constructor(socket: WebSocketLike, handlers: TransportHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.binaryType = "arraybuffer";
    const on = <E>(type: string, listener: (event: E) => void) =>
      socket.addEventListener(type, listener as (event: never) => void);
    on("open", () => this.#over || handlers.opened());
    on<{ data: unknown }>("message", ({ data }) => this.#receive(data));
    on<{ message?: string }>("error", ({ message }) => {
      // A browser doesn't say why.
      this.#cause = new Error(message || "the WebSocket could not be opened");
    });
    on("close", () => this.#ended());
  }

  get writable(): boolean {
    return this.#cancelLook === null;
  }

  send(payload: EncodedPayload): void {
    if (this.#over) return;
    this.#socket.send(typeof payload === "string" ? payload : payload.slice());
    if (this.#socket.bufferedAmount < unsentBytesMax || this.#cancelLook !== null) return;
    this.#cancelLook = startInterval(lookMs, () => this.#look());
  }

  pause(): void {
    this.#paused = true;
    this.#socket.pause?.();
  }

  resume(): void {
    if (!this.#paused || this.#over) return;
    this.#paused = false;
    this.#deliver();
    if (!this.#paused) this.#socket.resume?.();
  }

  end(graceMs: number): void {
    this.#release();
    this.#socket.resume?.();
    this.#socket.close(1000);
    const socket = this.#socket;
    const cancel = startTimer(graceMs, () => socket.terminate?.(), { isBackground: true });
    socket.addEventListener("close", cancel);
  }

  destroy(): void {
    this.#release();
    if (this.#socket.terminate === undefined) this.#socket.close();
    else this.#socket.terminate();
  }

  #look(): void {
    if (this.#socket.bufferedAmount >= unsentBytesMax / 2) return;
    this.#cancelLook?.();
    this.#cancelLook = null;
    this.#handlers.drained();
  }

  #receive(data: unknown): void {
    if (this.#over) return;
    const payload = typeof data === "string" ? textEncoder.encode(data) : bytesOf(data);
    this.#held.push(payload);
    this.#heldBytes += payload.length;
    this.#deliver();
    if (this.#heldBytes <= heldBytesMax || this.#over) return;
    this.destroy();
    this.#handlers.ended(new Error("more came than the reader of events took"));
  }

  #deliver(): void {
    // A handler may pause, resume or destroy; resuming inside a delivery must not start another.
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      while (!this.#paused && !this.#over) {
        const payload = this.#held.shift();
        if (payload === undefined) break;
        this.#heldBytes -= payload.length;
        this.#handlers.payload(payload);
      }
    } finally {
      this.#delivering = false;
    }
  }

  #ended(): void {
    if (this.#over) return;
    // What came before the end is said before it: the server's `close`, too.
    this.#paused = false;
    this.#deliver();
    if (this.#over) return;
    this.#release();
    this.#handlers.ended(this.#cause);
  }

  /** Nothing is reported, looked after or held from here on. */
  #release(): void {
    this.#over = true;
    this.#cancelLook?.();
    this.#cancelLook = null;
    this.#held.clear();
    this.#heldBytes = 0;
  }
}
