// How many messages a connection may still send now: a bucket that refills with time.
// Pure arithmetic on a monotonic clock in milliseconds; no timer.

import type { RateLimit } from "../base/limits.ts";

/**
 * A refused sender stays refused for about this long, whatever its rate. What it had already on the
 * way is then refused with it, so that what it sends again keeps its order.
 */
const refusalSeconds = 0.25;

export class TokenBucket {
  readonly #limit: RateLimit;
  #tokens: number;
  #filledMs: number;
  /** Tokens that must have gathered before a refused sender goes on; 0 while it isn't refused. */
  #wanted = 0;

  constructor(limit: RateLimit, nowMs: number) {
    this.#limit = limit;
    this.#tokens = limit.burst;
    this.#filledMs = nowMs;
  }

  /** Whether a new bucket would be no different from this one. */
  isFull(nowMs: number): boolean {
    const { perSecond, burst } = this.#limit;
    return this.#tokens + ((nowMs - this.#filledMs) * perSecond) / 1000 >= burst;
  }

  /**
   * Takes one token: 0 when there was one, else the milliseconds until there will be.
   *
   * A clock that seems to go backwards adds nothing.
   */
  take(nowMs: number): number {
    const { perSecond, burst } = this.#limit;
    const elapsedMs = Math.max(0, nowMs - this.#filledMs);
    this.#tokens = Math.min(burst, this.#tokens + (elapsedMs * perSecond) / 1000);
    this.#filledMs = nowMs;
    if (this.#tokens >= Math.max(1, this.#wanted)) {
      this.#tokens -= 1;
      this.#wanted = 0;
      return 0;
    }
    this.#wanted = Math.max(1, Math.min(burst, perSecond * refusalSeconds));
    return Math.ceil(((this.#wanted - this.#tokens) * 1000) / perSecond);
  }
}
