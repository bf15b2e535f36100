// A TCP peer made for tests: a real socket on which everything sent and received can be awaited.
// Owns the bytes that the kernel doesn't take yet; knows no frames. Never sleeps: a deadline only
// says how long a test that fails may take to fail.

import type { Socket, TCPSocketListener } from "bun";

export interface BytePeerEvents {
  /** Bytes came; the chunk is the receiver's. */
  received(chunk: Uint8Array): void;
  /** Nothing comes any more: the other side sent FIN, or the connection is gone. */
  ended(): void;
}

/** How a connection ended: with both sides' FIN, or by a reset. */
export type PeerEnd = "closed" | "reset";

export interface BytePeerOptions {
  readonly port: number;
  readonly hostname?: string;
  /** Keep our side open after the other side's FIN; the default answers it with ours. */
  readonly lingers?: boolean;
}

export class BytePeer {
  readonly #socket: Socket<unknown>;
  #events: BytePeerEvents;
  readonly #end = Promise.withResolvers<PeerEnd>();
  #unsent: Uint8Array[] = [];
  #flushed = Promise.withResolvers<void>();
  #isGone = false;
  #wantsEnd = false;

  private constructor(socket: Socket<unknown>, events: BytePeerEvents) {
    this.#socket = socket;
    this.#events = events;
    this.#flushed.resolve();
  }

  static async connect(options: BytePeerOptions, events: BytePeerEvents): Promise<BytePeer> {
    const early: ((peer: BytePeer) => void)[] = [];
    let peer: BytePeer | null = null;
    // What happens before the promise of the connection has resolved is kept for later.
    const tell = (event: (peer: BytePeer) => void) => {
      if (peer === null) early.push(event);
      else event(peer);
    };
    const socket = await Bun.connect<undefined>({
      hostname: options.hostname ?? "127.0.0.1",
      port: options.port,
      allowHalfOpen: true,
      socket: {
        data: (_socket, chunk) => tell(() => events.received(chunk)),
        drain: () => tell((to) => to.#flush()),
        end: () => tell((to) => to.#otherSideEnded(options.lingers ?? false)),
        close: (_socket, error) => tell((to) => to.#gone(error ? "reset" : "closed")),
        error: () => tell((to) => to.#gone("reset")),
      },
    });
    const connected = new BytePeer(socket, events);
    peer = connected;
    for (const event of early) event(connected);
    return connected;
  }

  /**
   * The server's side, on loopback; 0 is a free port. `accept` is told each connection before anything
   * of it is read, and says who hears it.
   */
  static listen(
    port: number,
    accept: (peer: BytePeer) => BytePeerEvents,
  ): TCPSocketListener<BytePeer> {
    return Bun.listen<BytePeer>({
      hostname: "127.0.0.1",
      port,
      allowHalfOpen: true,
      socket: {
        open(socket) {
          const peer = new BytePeer(socket, { received() {}, ended() {} });
          socket.data = peer;
          peer.#events = accept(peer);
        },
        data: ({ data: peer }, chunk) => peer.#events.received(chunk),
        drain: ({ data: peer }) => peer.#flush(),
        end: ({ data: peer }) => peer.#otherSideEnded(false),
        close: ({ data: peer }, error) => peer.#gone(error ? "reset" : "closed"),
        error: ({ data: peer }) => peer.#gone("reset"),
      },
    });
  }

  /** Resolves when the connection has ended, and with how. */
  get closed(): Promise<PeerEnd> {
    return this.#end.promise;
  }

  /** Resolves when the kernel has taken the bytes, or the connection is gone. */
  send(bytes: Uint8Array): Promise<void> {
    if (this.#isGone) return Promise.resolve();
    if (this.#unsent.length === 0) this.#flushed = Promise.withResolvers();
    this.#unsent.push(bytes);
    const { promise } = this.#flushed;
    if (this.#unsent.length === 1) this.#flush();
    return promise;
  }

  /** Bytes that the kernel has not taken: the other side holds this peer back. */
  get unsentBytes(): number {
    return this.#unsent.reduce((sum, { length }) => sum + length, 0);
  }

  /** Sends FIN after what was sent; the other side may still answer. */
  end(): void {
    this.#wantsEnd = true;
    if (this.#unsent.length === 0) this.#socket.shutdown();
  }

  /** Ends the connection at once, with a reset. */
  reset(): void {
    this.#socket.terminate();
  }

  /** Stops reading; the kernel then holds the other side back. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  #flush(): void {
    while (this.#unsent.length > 0) {
      const bytes = this.#unsent[0] as Uint8Array;
      const taken = this.#socket.write(bytes);
      if (taken < 0) {
        this.#unsent = [];
        break;
      }
      if (taken < bytes.length) {
        this.#unsent[0] = bytes.subarray(taken);
        return;
      }
      this.#unsent.shift();
    }
    this.#flushed.resolve();
    if (this.#wantsEnd) this.#socket.shutdown();
  }

  #otherSideEnded(lingers: boolean): void {
    this.#events.ended();
    if (!lingers) this.end();
  }

  #gone(how: PeerEnd): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#unsent = [];
    this.#flushed.resolve();
    this.#end.resolve(how);
    this.#events.ended();
  }
}
