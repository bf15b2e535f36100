// A connection whose way out can be held, as a bad line would: what is said stays on its way until it
// is let go. Everything else is the SDK's own transport.

import type { EncodedPayload } from "@maru/protocol";
import { type Dialer, dialTcp, type Transport } from "@maru/sdk";

export class HeldLine {
  #isHeld = false;
  #held: EncodedPayload[] = [];
  #transport: Transport | null = null;

  /** The way to a server on this machine. */
  dialer(port: number): Dialer {
    const tcp = dialTcp({ host: "127.0.0.1", port });
    return {
      place: tcp.place,
      dial: (handlers, framing) => this.#hold(tcp.dial(handlers, framing)),
    };
  }

  hold(): void {
    this.#isHeld = true;
  }

  letGo(): void {
    this.#isHeld = false;
    for (const payload of this.#held.splice(0)) this.#transport?.send(payload);
  }

  #hold(transport: Transport): Transport {
    this.#transport = transport;
    return {
      firstBytes: null,
      get writable() {
        return transport.writable;
      },
      send: (payload) => {
        if (this.#isHeld) this.#held.push(payload);
        else transport.send(payload);
      },
      pause: () => transport.pause(),
      resume: () => transport.resume(),
      end: (graceMs) => transport.end(graceMs),
      destroy: () => transport.destroy(),
    };
  }
}
