// An amount that refills with time and may be overdrawn once, because what it is spent on is known
// only afterwards: the overdraft is waited for. Pure arithmetic on a monotonic clock; no timer.

export interface AllowanceBounds {
  /** Units per second in the long run. */
  readonly perSecond: number;
  /** Units at once before `perSecond` applies. */
  readonly burst: number;
}

export class Allowance {
  readonly #bounds: AllowanceBounds;
  #left: number;
  #filledMs: number;

  constructor(bounds: AllowanceBounds, nowMs: number) {
    this.#bounds = bounds;
    this.#left = bounds.burst;
    this.#filledMs = nowMs;
  }

  /** Whether more may be spent now. A clock that seems to go backwards adds nothing. */
  isOpen(nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#left > 0;
  }

  spend(units: number): void {
    this.#left -= units;
  }

  /** Whether a new one would be no different from this one. */
  isFull(nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#left >= this.#bounds.burst;
  }

  #fill(nowMs: number): void {
    const { perSecond, burst } = this.#bounds;
    const elapsedMs = Math.max(0, nowMs - this.#filledMs);
    this.#left = Math.min(burst, this.#left + (elapsedMs * perSecond) / 1000);
    this.#filledMs = nowMs;
  }
}
