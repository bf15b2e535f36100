// Time that passes when a test says so. Owns the timers set on it; never looks at a real clock.

interface Timer {
  readonly id: number;
  dueMs: number;
  readonly everyMs: number | null;
  readonly callback: () => void;
}

export class VirtualClock {
  #nowMs: number;
  #timers: Timer[] = [];
  #lastId = 0;

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  /** Milliseconds; a function of its own, so that it can be handed over as a clock. */
  readonly now = (): number => this.#nowMs;

  /** Timers that have not run, repeating ones included. */
  get pending(): number {
    return this.#timers.length;
  }

  /** When the next timer is due; null without one. */
  get nextDueMs(): number | null {
    return this.#first()?.dueMs ?? null;
  }

  readonly setTimeout = (callback: () => void, ms: number): number => this.#set(callback, ms, null);

  readonly setInterval = (callback: () => void, ms: number): number => {
    if (ms <= 0) throw new RangeError("a repeating timer of no time would never let time pass");
    return this.#set(callback, ms, ms);
  };

  /** Ends a timer of either kind; one that has run, or never was, is no matter. */
  readonly clear = (id: number): void => {
    this.#timers = this.#timers.filter((timer) => timer.id !== id);
  };

  /** Lets time pass: timers run when due, in order, and see their own time; so do those that they set. */
  advance(ms: number): void {
    if (ms < 0) throw new RangeError("time doesn't pass backwards; see setNow");
    const untilMs = this.#nowMs + ms;
    for (let timer = this.#first(); timer && timer.dueMs <= untilMs; timer = this.#first()) {
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      if (timer.everyMs === null) this.clear(timer.id);
      else timer.dueMs += timer.everyMs;
      timer.callback();
    }
    this.#nowMs = untilMs;
  }

  /** Sets the clock as a person would, backwards too. Runs no timer. */
  setNow(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  #set(callback: () => void, ms: number, everyMs: number | null): number {
    this.#lastId += 1;
    this.#timers.push({
      id: this.#lastId,
      dueMs: this.#nowMs + Math.max(0, ms),
      everyMs,
      callback,
    });
    return this.#lastId;
  }

  /** The timer due first; of several, the one set first. */
  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (first === undefined || timer.dueMs < first.dueMs) first = timer;
    }
    return first;
  }
}
