// The events that wait for their reader, in order.
// Owns them until they are read; never drops one and never bounds itself: it tells its length, and
// flow.ts stops the socket. One reader at a time; a reader that leaves keeps the rest for the next.

import { Fifo } from "../base/fifo.ts";

export class EventQueue<E> {
  readonly #items = new Fifo<E>();
  readonly #taken: () => void;
  #wake: ((result: IteratorResult<E, undefined>) => void) | null = null;
  #last: E | null = null;
  #ended = false;
  #read = false;

  /** `taken` runs after each event that a reader takes. */
  constructor(taken: () => void) {
    this.#taken = taken;
  }

  get length(): number {
    return this.#items.length;
  }

  /** The newest event that was not read yet. */
  get last(): E | null {
    return this.length > 0 ? this.#last : null;
  }

  push(event: E): void {
    if (this.#ended) return;
    if (this.#wake !== null) {
      const wake = this.#wake;
      this.#wake = null;
      wake({ done: false, value: event });
      return;
    }
    this.#items.push(event);
    this.#last = event;
  }

  /** Puts `event` in the place of the newest unread one; there must be one. */
  replaceLast(event: E): void {
    this.#items.replaceLast(event);
    this.#last = event;
  }

  /** No more events; a reader still gets those that wait. */
  end(): void {
    this.#ended = true;
    this.#leave();
  }

  /** Reads from where the last reader stopped; throws when there is a reader already. */
  read(): AsyncIterableIterator<E, undefined> {
    if (this.#read) throw new Error("events() has a reader already; there is one stream of events");
    this.#read = true;
    const iterator: AsyncIterableIterator<E, undefined> = {
      next: () => this.#next(),
      return: async () => {
        this.#read = false;
        this.#leave();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  /** A reader that waits gets no event any more. */
  #leave(): void {
    this.#wake?.({ done: true, value: undefined });
    this.#wake = null;
  }

  #next(): Promise<IteratorResult<E, undefined>> {
    if (this.#wake !== null) throw new Error("next() of events is waiting already");
    if (this.length > 0) {
      const value = this.#items.shift() as E;
      this.#taken();
      return Promise.resolve({ done: false, value });
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
