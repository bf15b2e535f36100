// When a place in a pool gets its next worker: at once after a crash, ever later after crash upon crash.
// Knows the times of one place's workers; the workers and the timer are its user's.

/** A worker that dies again within this time of its start waits before the next one. */
const stableMs = 5_000;
const respawnMsMin = 50;
const respawnMsMax = 1_000;

export class RespawnDelay {
  readonly #now: () => number;
  #startedMs = 0;
  /** How often in a row a worker didn't last. */
  #failures = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A worker is started now. */
  started(): void {
    this.#startedMs = this.#now();
  }

  /** The worker that was last started is gone: how long the next one must wait, in milliseconds. */
  lost(): number {
    const isStable = this.#now() - this.#startedMs > stableMs;
    this.#failures = isStable ? 0 : this.#failures + 1;
    const waitMs = this.#failures <= 1 ? 0 : respawnMsMin * 2 ** (this.#failures - 2);
    return Math.min(respawnMsMax, waitMs);
  }
}
