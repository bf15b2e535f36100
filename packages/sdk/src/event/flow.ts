// Backpressure from the reader of events to the socket.
// Owns the decision to read or not, and the waiters for room; holds no event itself.
//
// Replies travel behind events on the same connection. So while a reply is awaited reading goes on
// beyond the bound, or a reader that awaits a command between two events would wait for ever; what
// comes before a reply is bounded by what the server had queued. A second bound holds always.

/** The bound while replies are awaited, as a multiple of the bound otherwise. */
const awaitedFactor = 16;

export interface FlowPort {
  /** Events that were not read yet. */
  readonly held: number;
  /** Whether a reply is on its way. */
  readonly awaited: boolean;
  pause(): void;
  resume(): void;
}

export class Flow {
  readonly #heldMax: number;
  readonly #port: FlowPort;
  #waiters: (() => void)[] = [];

  /** `heldMax` 0: nothing is ever held, and reading never stops. */
  constructor(heldMax: number, port: FlowPort) {
    this.#heldMax = heldMax;
    this.#port = port;
  }

  get full(): boolean {
    return this.#heldMax > 0 && this.#port.held >= this.#heldMax;
  }

  /** Looks again; call it when an event was held or taken, or a command written or answered. */
  update(): void {
    const { held, awaited } = this.#port;
    const bound = this.#heldMax * (awaited ? awaitedFactor : 1);
    // Between half the bound and the bound nothing changes: a socket is not toggled per event.
    if (this.#heldMax > 0 && held >= bound) this.#port.pause();
    else if (held * 2 <= bound) this.#port.resume();
    if (this.full) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  /** Resolves when another event may be held. */
  room(): Promise<void> {
    if (!this.full) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }
}
