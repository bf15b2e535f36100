// Time that passes when a test says so. Owns the timers set on it and runs them one at a time, so that
// promises can settle between two. Never looks at a real clock.

import type { Clock } from "@maru/protocol";

interface Due {
  readonly dueMs: number;
  /** Of several that are due at once, the one set first runs first. */
  readonly order: number;
  /** Null once it has run or was taken back. */
  run: (() => void) | null;
}

const isBefore = (one: Due, other: Due): boolean =>
  one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order);

export class VirtualClock implements Clock {
  #nowMs: number;
  #steps = 0;
  #pending = 0;
  #order = 0;
  /** A binary heap: each is before its two children. */
  readonly #heap: Due[] = [];

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  /** Milliseconds; a function of its own, so that it can be handed over alone. */
  readonly nowMs = (): number => this.#nowMs;

  /** Runs a callback once, so much later; what it returns prevents that. */
  readonly after = (delayMs: number, run: () => void): (() => void) => {
    this.#order += 1;
    this.#pending += 1;
    const due: Due = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, run };
    this.#rise(due);
    return () => {
      if (due.run !== null) this.#pending -= 1;
      due.run = null;
    };
  };

  /** Timers that have neither run nor been taken back. */
  get pending(): number {
    return this.#pending;
  }

  /** Timers that have run: an order of everything that happened. */
  get steps(): number {
    return this.#steps;
  }

  /** Runs the one timer that is due first, if it is due by `untilMs`; else false, and it is then `untilMs`. */
  next(untilMs: number): boolean {
    for (let first = this.#heap[0]; first && first.dueMs <= untilMs; first = this.#heap[0]) {
      this.#takeFirst();
      const { run } = first;
      if (run === null) continue;
      first.run = null;
      this.#pending -= 1;
      this.#nowMs = Math.max(this.#nowMs, first.dueMs);
      this.#steps += 1;
      run();
      return true;
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
    return false;
  }

  /** Lets time pass: timers run when due, in order, and see their own time; so do those that they set. */
  advance(ms: number): void {
    if (ms < 0) throw new RangeError("time doesn't pass backwards; see setNow");
    const untilMs = this.#nowMs + ms;
    while (this.next(untilMs));
  }

  /** Sets the clock as a person would, backwards too. Runs no timer. */
  setNow(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  #rise(due: Due): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(due, heap[parent] as Due)) break;
      heap[at] = heap[parent] as Due;
      at = parent;
    }
    heap[at] = due;
  }

  #takeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop() as Due;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, heap[child] as Due)) child += 1;
      if (isBefore(last, heap[child] as Due)) break;
      heap[at] = heap[child] as Due;
      at = child;
    }
    heap[at] = last;
  }
}
