// A queue that is read by index and dropped from at the front, each in constant time.

export class EntryQueue<T> {
  #items: (T | undefined)[] = [];
  #first = 0;

  get length(): number {
    return this.#items.length - this.#first;
  }

  /** The item `index` places behind the oldest; the index must be in bounds. */
  at(index: number): T {
    return this.#items[this.#first + index] as T;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Drops the oldest item and returns it. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#first] as T;
    // What was dropped is let go of now; its place when half of the array is behind us, which is
    // constant time per shift in the long run.
    this.#items[this.#first] = undefined;
    this.#first += 1;
    if (this.#first > 32 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }
}
