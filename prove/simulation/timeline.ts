// The one clock of a simulated run: what happens next, and when. Owns every timer; runs one at a
// time, so that whoever drives it can let promises settle between two. Never looks at a real clock.

interface Due {
  readonly dueMs: number;
  /** Of several that are due at once, the one set first runs first. */
  readonly order: number;
  run: (() => void) | null;
}

const isBefore = (one: Due, other: Due): boolean =>
  one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order);

export class Timeline {
  /** Milliseconds since the run began. */
  nowMs = 0;
  /** Steps run so far: an order of everything that happened. */
  step = 0;
  /** A binary heap: each is before its two children. */
  readonly #heap: Due[] = [];
  #order = 0;

  /** Runs a callback once, so much later; what it returns prevents that. */
  readonly after = (ms: number, run: () => void): (() => void) => {
    this.#order += 1;
    const due: Due = { dueMs: this.nowMs + Math.max(0, ms), order: this.#order, run };
    this.#rise(due);
    return () => {
      due.run = null;
    };
  };

  /** Runs what is due first, if it is due by `untilMs`; false when nothing is: the time is then up. */
  next(untilMs: number): boolean {
    for (let first = this.#heap[0]; first && first.dueMs <= untilMs; first = this.#heap[0]) {
      this.#takeFirst();
      if (first.run === null) continue;
      this.nowMs = Math.max(this.nowMs, first.dueMs);
      this.step += 1;
      first.run();
      return true;
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
    return false;
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
