// A budget of messages and of their bytes, refilled in the same time. Bytes may be overdrawn once: what
// comes then waits for what is owed. Pure arithmetic.

export interface UnansweredBudgetBounds {
  /** Messages at once; refilled at so many per minute, which is not 0. */
  readonly burst: number;
  readonly perMinute: number;
  /** Bytes of them at once. */
  readonly bytes: number;
}

export class UnansweredBudget {
  readonly #bounds: UnansweredBudgetBounds;
  #entries: number;
  #bytes: number;
  #filledMs: number;

  constructor(bounds: UnansweredBudgetBounds, now: number) {
    this.#bounds = bounds;
    this.#entries = bounds.burst;
    this.#bytes = bounds.bytes;
    this.#filledMs = now;
  }

  /** Milliseconds until one may be said; 0: now. Takes nothing. */
  waitMs(now: number): number {
    this.#fill(now);
    const { burst, perMinute, bytes } = this.#bounds;
    const bytesPerEntry = bytes / burst;
    const missing = Math.max(
      1 - this.#entries,
      this.#bytes > 0 ? 0 : (1 - this.#bytes) / bytesPerEntry,
    );
    return missing > 0 ? Math.ceil((missing * 60_000) / perMinute) : 0;
  }

  /** One of so many bytes, for which waitMs() was 0. */
  take(bytes: number): void {
    this.#entries -= 1;
    this.#bytes -= bytes;
  }

  /** What was taken was not said. */
  giveBack(bytes: number): void {
    this.#add(1, bytes);
  }

  /** A clock that goes back adds nothing. */
  #fill(now: number): void {
    const { burst, perMinute, bytes } = this.#bounds;
    const entries = (Math.max(0, now - this.#filledMs) * perMinute) / 60_000;
    this.#filledMs = now;
    this.#add(entries, (entries * bytes) / burst);
  }

  #add(entries: number, bytes: number): void {
    this.#entries = Math.min(this.#bounds.burst, this.#entries + entries);
    this.#bytes = Math.min(this.#bounds.bytes, this.#bytes + bytes);
  }
}

/** What was taken of budgets, so that it can be given back. */
export interface UnansweredTaken {
  readonly budgets: readonly UnansweredBudget[];
  readonly bytes: number;
}

/** What was taken was not stored. */
export function giveBackUnanswered(taken: UnansweredTaken | null): void {
  for (const budget of taken?.budgets ?? []) budget.giveBack(taken?.bytes ?? 0);
}
