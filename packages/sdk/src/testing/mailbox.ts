// What comes and is not taken yet, or is waited for and has not come: for tests, which await one at a time.

export class Mailbox<T> {
  readonly #items: T[] = [];
  readonly #waiting: ((item: T) => void)[] = [];

  put(item: T): void {
    const wake = this.#waiting.shift();
    if (wake === undefined) this.#items.push(item);
    else wake(item);
  }

  /** The first that was not taken; waits for it. */
  take(): Promise<T> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
