// A budget of things that may be done: so many at once, refilled with time.

export interface BucketBounds {
  /** At once. */
  readonly burst: number;
  /** In the long run; 0 = no limit at all. */
  readonly perHour: number;
}

const msPerHour = 3_600_000;

export class TokenBucket {
  readonly #bounds: BucketBounds;
  #tokens: number;
  #filledMs: number;

  constructor(bounds: BucketBounds, now: number) {
    this.#bounds = bounds;
    this.#tokens = bounds.burst;
    this.#filledMs = now;
  }

  /** Milliseconds until one is there; 0: now. Takes nothing. */
  waitMs(now: number): number {
    const { perHour } = this.#bounds;
    if (perHour === 0) return 0;
    this.#fill(now);
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * msPerHour) / perHour);
  }

  /** One that waitMs() has found. */
  take(): void {
    this.#tokens -= 1;
  }

  /** What was taken was not done. */
  giveBack(): void {
    this.#tokens = Math.min(this.#bounds.burst, this.#tokens + 1);
  }

  isFull(now: number): boolean {
    this.#fill(now);
    return this.#bounds.perHour === 0 || this.#tokens >= this.#bounds.burst;
  }

  #fill(now: number): void {
    const elapsedMs = Math.max(0, now - this.#filledMs);
    const { burst, perHour } = this.#bounds;
    this.#tokens = Math.min(burst, this.#tokens + (elapsedMs * perHour) / msPerHour);
    this.#filledMs = now;
  }
}
