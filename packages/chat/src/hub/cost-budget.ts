// What one session's commands may cost the others: time of the chat's own threads and bytes that it
// makes the server send. Both refill with time, and may be overdrawn once. Pure arithmetic.

/** What a command may cost at its worst, by what is known before it is carried out. */
export interface CommandCost {
  /** Microseconds of the threads that everybody shares: the hub's and the log's. */
  readonly workUs: number;
  /** Bytes that go out to others. */
  readonly fanoutBytes: number;
}

export interface CostBounds {
  /** Microseconds of work at once, and per second in the long run; a rate of 0 = no limit. */
  readonly workBurstUs: number;
  readonly workRateUs: number;
  /** Bytes to others at once, and per second in the long run; a rate of 0 = no limit. */
  readonly fanoutBurstBytes: number;
  readonly fanoutRateBytes: number;
}

/**
 * A session that was refused stays refused until it could be served for about this long: what it had
 * on the way is refused with it, so that what it sends again keeps its order.
 */
const refusalSeconds = 0.25;

export class CostBudget {
  readonly #bounds: CostBounds;
  #workUs: number;
  #fanoutBytes: number;
  #filledMs: number;
  #isRefused = false;

  constructor(bounds: CostBounds, now: number) {
    this.#bounds = bounds;
    this.#workUs = bounds.workBurstUs;
    this.#fanoutBytes = bounds.fanoutBurstBytes;
    this.#filledMs = now;
  }

  /** Spends the cost and returns 0, or spends nothing and returns the milliseconds to wait. */
  take({ workUs, fanoutBytes }: CommandCost, now: number): number {
    const bounds = this.#bounds;
    this.#fill(now);
    const waitMs = Math.max(
      this.#waitMs(this.#workUs, bounds.workRateUs, bounds.workBurstUs),
      this.#waitMs(this.#fanoutBytes, bounds.fanoutRateBytes, bounds.fanoutBurstBytes),
    );
    this.#isRefused = waitMs > 0;
    if (waitMs > 0) return waitMs;
    if (bounds.workRateUs > 0) this.#workUs -= workUs;
    if (bounds.fanoutRateBytes > 0) this.#fanoutBytes -= fanoutBytes;
    return 0;
  }

  /** Spends what is known only now, while the command is carried out: the next one waits for it. */
  owe({ workUs, fanoutBytes }: CommandCost): void {
    if (this.#bounds.workRateUs > 0) this.#workUs -= workUs;
    if (this.#bounds.fanoutRateBytes > 0) this.#fanoutBytes -= fanoutBytes;
  }

  /** Work that was paid for and not done. */
  giveBack(workUs: number): void {
    if (this.#bounds.workRateUs > 0) this.#workUs += Math.max(0, workUs);
  }

  #waitMs(left: number, perSecond: number, burst: number): number {
    if (perSecond === 0) return 0;
    const wanted = this.#isRefused ? Math.min(burst, perSecond * refusalSeconds) : 0;
    if (left > 0 && left >= wanted) return 0;
    const refused = Math.min(burst, perSecond * refusalSeconds);
    return Math.max(1, Math.ceil(((refused - left) * 1000) / perSecond));
  }

  /** A clock that goes back adds nothing. */
  #fill(now: number): void {
    const { workBurstUs, workRateUs, fanoutBurstBytes, fanoutRateBytes } = this.#bounds;
    const seconds = Math.max(0, now - this.#filledMs) / 1000;
    this.#filledMs = now;
    this.#workUs = Math.min(workBurstUs, this.#workUs + seconds * workRateUs);
    this.#fanoutBytes = Math.min(fanoutBurstBytes, this.#fanoutBytes + seconds * fanoutRateBytes);
  }
}
