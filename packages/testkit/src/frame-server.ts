// A server made for tests: frames of JSON on real sockets, and no behaviour but what a test gives it.
// Owns its listener and the connections that were not taken yet; checks no protocol, so that it can also
// say what no server would.

import type { TCPSocketListener } from "bun";
import { deadlineMsDefault, withDeadline } from "./deadline.ts";
import { FramePeer, type FramePeerEvents } from "./frame-peer.ts";

export interface FrameServerOptions extends FramePeerEvents {
  /** Absent or 0: a free one. */
  readonly port?: number;
}

export class FrameServer {
  readonly port: number;
  readonly #listener: TCPSocketListener<unknown>;
  readonly #accepted: FramePeer[] = [];
  readonly #waiting: ((peer: FramePeer) => void)[] = [];

  constructor(options: FrameServerOptions = {}) {
    this.#listener = FramePeer.listen(options.port ?? 0, {
      ...options,
      accepted: (peer) => {
        options.accepted?.(peer);
        const waiting = this.#waiting.shift();
        if (waiting === undefined) this.#accepted.push(peer);
        else waiting(peer);
      },
    });
    this.port = this.#listener.port;
  }

  /** `HOST:PORT`. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** The next connection that was not taken. */
  accept(): Promise<FramePeer> {
    const peer = this.#accepted.shift();
    if (peer !== undefined) return Promise.resolve(peer);
    const { promise, resolve } = Promise.withResolvers<FramePeer>();
    this.#waiting.push(resolve);
    return withDeadline(promise, deadlineMsDefault, () => "no connection came");
  }

  /** Accepts no more, and ends what it has accepted. */
  stop(): void {
    this.#listener.stop(true);
  }
}
