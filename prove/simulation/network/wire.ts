// A simulated TCP connection: two pipes, and what each side hears of its end. Both sides are told
// at most once that it is over, each at its own time; a side that is not told must find out.

import type { ConnectionSocket } from "@maru/core/simulation";
import { Pipe, type PipeOptions } from "./pipe.ts";

/** What one side hears. */
export interface Side {
  received(bytes: Uint8Array): void;
  /** The other side will say no more. */
  ended(): void;
  drained(): void;
  /** It is over; nothing follows. */
  closed(cause: Error | null): void;
}

const absent: Side = { received() {}, ended() {}, drained() {}, closed() {} };

export class Wire {
  /** To the server, and to the client. */
  readonly up: Pipe;
  readonly down: Pipe;
  readonly #options: PipeOptions;
  #client: Side;
  #server: Side = absent;
  #clientFin = false;
  #serverFin = false;
  #isVanished = false;

  constructor(options: PipeOptions, client: Side) {
    this.#options = options;
    this.#client = client;
    this.up = new Pipe(options, {
      received: (bytes) => this.#server.received(bytes),
      ended: () => {
        this.#clientFin = true;
        this.#server.ended();
        this.#closeIfEnded();
      },
      drained: () => this.#client.drained(),
    });
    this.down = new Pipe(options, {
      // A process that is gone answers with RST.
      received: (bytes) => (this.isLeft ? this.resetServer() : this.#client.received(bytes)),
      ended: () => {
        if (!this.isLeft) this.#client.ended();
      },
      drained: () => this.#server.drained(),
    });
  }

  /** The server knows of it still. */
  get isOpen(): boolean {
    return this.#server !== absent;
  }

  /** The client's side is closed. */
  get isLeft(): boolean {
    return this.#client === absent;
  }

  accepted(server: Side): void {
    this.#server = server;
  }

  /** Both sides learn that it is over, each after a while. */
  reset(): void {
    const { clock, random, network } = this.#options;
    clock.after(random.between(0, network.delayMs), () => this.resetServer());
    clock.after(random.between(0, network.delayMs), () => this.resetClient());
  }

  /** Neither side is told anything any more. */
  vanish(): void {
    this.#isVanished = true;
    this.up.breakDown();
    this.down.breakDown();
  }

  resetClient(): void {
    const client = this.#client;
    this.#client = absent;
    this.down.cut();
    client.closed(new Error("ECONNRESET"));
  }

  resetServer(): void {
    const server = this.#server;
    this.#server = absent;
    this.up.cut();
    server.closed(null);
  }

  /** The server's process is gone: it hears nothing more. */
  forgetServer(): void {
    this.#server = absent;
    this.up.cut();
  }

  /** The client closes its side: with FIN behind what it wrote, or at once with RST. */
  leave(how: "fin" | "reset"): void {
    if (this.isLeft) return;
    this.#client = absent;
    this.down.resume();
    if (how === "fin") return this.up.end();
    if (this.#isVanished) return;
    const { clock, random, network } = this.#options;
    clock.after(random.between(0, network.delayMs), () => this.resetServer());
  }

  /** The server's end, as the engine sees a socket. */
  createServerSocket(address: string): ConnectionSocket {
    const { clock, random, network } = this.#options;
    return {
      remoteAddress: address,
      write: (bytes) => (this.isOpen ? this.down.write(bytes) : -1),
      shutdown: () => {
        this.#serverFin = true;
        this.down.end();
        this.#closeIfEnded();
      },
      terminate: () => {
        if (!this.isOpen) return;
        this.resetServer();
        if (this.#isVanished) return;
        clock.after(random.between(0, network.delayMs), () => this.resetClient());
      },
      pause: () => this.up.pause(),
      resume: () => this.up.resume(),
    };
  }

  #closeIfEnded(): void {
    if (!this.#clientFin || !this.#serverFin) return;
    // Not inside the call that ended it: the engine hears of it later.
    this.#options.clock.after(0, () => {
      if (this.isOpen) this.resetServer();
    });
  }
}
