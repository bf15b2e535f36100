// A connection whose way out can be held, as a bad line would: what is said stays on its way until it
// is let go. Everything else is the SDK's own transport.

import type { ChatClientMessage } from "@maru/protocol/chat";
import { type Dial, dialTcp, type Transport } from "@maru/sdk";

export class HeldLine {
  #isHeld = false;
  #held: ChatClientMessage[] = [];
  #transport: Transport | null = null;

  readonly dial: Dial = (host, port, handlers) => {
    const transport = dialTcp(host, port, handlers);
    this.#transport = transport;
    return {
      get writable() {
        return transport.writable;
      },
      send: (message) => {
        if (this.#isHeld) this.#held.push(message);
        else transport.send(message);
      },
      pause: () => transport.pause(),
      resume: () => transport.resume(),
      end: (graceMs) => transport.end(graceMs),
      destroy: () => transport.destroy(),
    };
  };

  hold(): void {
    this.#isHeld = true;
  }

  letGo(): void {
    this.#isHeld = false;
    for (const message of this.#held.splice(0)) this.#transport?.send(message);
  }
}
