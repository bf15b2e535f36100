// Commands that the server refused for now, each waiting to be asked again.
// Owns their timers; knows neither the wire nor why they were refused.

import type { Clock } from "@maru/protocol";
import type { Request } from "./request.ts";

export class Postponed {
  readonly #clock: Clock;
  /** Each with what cancels its timer. */
  readonly #cancels = new Map<Request, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#cancels.size;
  }

  /** Runs `again` after so long, unless the request is given up before. */
  add(request: Request, afterMs: number, again: () => void): void {
    request.postpone(afterMs);
    const due = () => {
      this.#cancels.delete(request);
      again();
    };
    this.#cancels.set(request, this.#clock.after(afterMs, due));
  }

  giveUp(request: Request): void {
    this.#cancels.get(request)?.();
    this.#cancels.delete(request);
  }

  /** Gives up everything, and hands it out. */
  clear(): Request[] {
    const requests = [...this.#cancels.keys()];
    for (const request of requests) this.giveUp(request);
    return requests;
  }
}
