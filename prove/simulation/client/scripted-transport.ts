// The SDK's transport over a simulated connection: frames as the real one makes and reads them,
// buffers as node's sockets have them. Tells a tap what goes over the wire; decides nothing.

import { type EncodedPayload, encodeFrame, FrameDecoder } from "@maru/protocol";
import { type ChatClientMessage, type ChatServerMessage, chatProtocol } from "@maru/protocol/chat";
import type { Transport, TransportHandlers } from "@maru/sdk";
import type { SeededRandom, VirtualClock } from "@maru/testkit";
import type { Network } from "../network/network.ts";
import type { Wire } from "../network/wire.ts";

/** Hears every message of one connection, before the client. */
export interface Tap {
  sends(message: ChatClientMessage): void;
  hears(message: ChatServerMessage): void;
}

export interface TransportOptions {
  readonly network: Network;
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly tap: Tap;
}

const payloadBytesMax = 16 * 1024 * 1024;

export class ScriptedTransport implements Transport {
  readonly firstBytes = null;
  readonly #options: TransportOptions;
  readonly #handlers: TransportHandlers;
  readonly #wire: Wire;
  readonly #decoder = new FrameDecoder(payloadBytesMax);
  /** Written by the SDK, and not taken by the kernel yet. */
  #unsent: Uint8Array[] = [];
  #isFlushQueued = false;
  #isBlocked = false;
  #isPaused = false;
  #isDelivering = false;
  #isEnding = false;
  #isOver = false;

  constructor(options: TransportOptions, handlers: TransportHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#wire = options.network.dial({
      opened: () => this.#isOver || handlers.opened(),
      received: (bytes) => this.#receive(bytes),
      ended: () => this.#peerEnded(),
      drained: () => this.#flush(),
      closed: (cause) => this.#ended(cause),
    });
  }

  get writable(): boolean {
    return !this.#isBlocked;
  }

  send(payload: EncodedPayload): void {
    if (this.#isOver) return;
    this.#options.tap.sends(JSON.parse(String(payload)) as ChatClientMessage);
    this.#unsent.push(encodeFrame(payload));
    if (this.#isFlushQueued) return;
    this.#isFlushQueued = true;
    this.#options.clock.after(0, () => {
      this.#isFlushQueued = false;
      if (!this.#isBlocked) this.#flush();
    });
  }

  pause(): void {
    this.#isPaused = true;
    this.#wire.down.pause();
  }

  resume(): void {
    if (!this.#isPaused || this.#isOver) return;
    this.#isPaused = false;
    this.#deliver();
    if (!this.#isPaused) this.#wire.down.resume();
  }

  end(graceMs: number): void {
    this.#isOver = true;
    this.#isEnding = true;
    this.#wire.down.resume();
    this.#flush();
    this.#options.clock.after(graceMs, () => this.#wire.leave("reset"));
  }

  destroy(): void {
    this.#isOver = true;
    // What arrives and isn't read makes a kernel reset the connection.
    this.#wire.leave(this.#options.random.chance(0.5) ? "fin" : "reset");
  }

  /** Its machine is gone: no peer is told. */
  vanish(): void {
    this.#wire.vanish();
  }

  #flush(): void {
    if (this.#wire.isLeft) return;
    for (let first = this.#unsent[0]; first !== undefined; first = this.#unsent[0]) {
      const taken = this.#wire.up.write(first);
      if (taken < first.length) {
        this.#unsent[0] = first.subarray(taken);
        this.#isBlocked = true;
        return;
      }
      this.#unsent.shift();
    }
    if (this.#isEnding) return this.#wire.leave("fin");
    if (!this.#isBlocked) return;
    this.#isBlocked = false;
    if (!this.#isOver) this.#handlers.drained();
  }

  #receive(bytes: Uint8Array): void {
    if (this.#isOver) return;
    this.#decoder.push(bytes);
    this.#deliver();
  }

  #deliver(): void {
    // A handler may pause, resume or destroy; resuming inside a delivery must not start another.
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      while (!this.#isPaused && !this.#isOver) {
        const payload = this.#decoder.next();
        if (payload === null) break;
        this.#decode(payload);
      }
    } finally {
      this.#isDelivering = false;
    }
    if (this.#decoder.fault !== null) throw new Error("the server sent a frame out of bounds");
  }

  #decode(payload: Uint8Array): void {
    const decoded = chatProtocol.server.decode(payload);
    if (!decoded.ok) throw new Error(`the server sent nonsense: ${decoded.fault.message}`);
    this.#options.tap.hears(decoded.message);
    this.#handlers.payload(payload);
  }

  /** FIN: nothing of ours would be read any more. */
  #peerEnded(): void {
    this.#wire.leave("fin");
    this.#ended(undefined);
  }

  #ended(cause: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#handlers.ended(cause);
  }
}
