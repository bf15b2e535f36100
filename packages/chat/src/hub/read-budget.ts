// How many bytes of old entries and of lists a session may be sent: a burst, refilled with time. Without
// it the commands that may be in flight could together ask for far more than may wait for one
// connection. Whatever is answered with more than a kilobyte is reserved here first.

import type { ChatSettings } from "../settings.ts";

export type ReadBudgetBounds = Pick<ChatSettings, "readBurstBytes" | "readRateBytes">;

export class ReadBudget {
  readonly #bounds: ReadBudgetBounds;
  #bytes: number;
  #filledMs: number;

  constructor(bounds: ReadBudgetBounds, now: number) {
    this.#bounds = bounds;
    this.#bytes = bounds.readBurstBytes;
    this.#filledMs = now;
  }

  /** Reserves `bytes` (at most the burst): 0 when they were there, else the milliseconds to wait. */
  reserve(bytes: number, now: number): number {
    const { readBurstBytes, readRateBytes } = this.#bounds;
    const elapsedMs = Math.max(0, now - this.#filledMs);
    this.#bytes = Math.min(readBurstBytes, this.#bytes + (elapsedMs * readRateBytes) / 1000);
    this.#filledMs = now;
    const wanted = Math.min(bytes, readBurstBytes);
    if (this.#bytes < wanted) return Math.ceil(((wanted - this.#bytes) * 1000) / readRateBytes);
    this.#bytes -= wanted;
    return 0;
  }

  /** Gives back what was reserved and not read. */
  giveBack(bytes: number): void {
    this.#bytes = Math.min(this.#bounds.readBurstBytes, this.#bytes + Math.max(0, bytes));
  }
}
