// What tests wait for: that something has become so. It is looked at again at each change, and never
// because time has passed; a deadline only says how long a test that fails may take to fail.

import { deadlineMsDefault, withDeadline } from "./deadline.ts";

export class Changes {
  readonly #looks = new Set<() => void>();
  #isTold = false;

  /** Something has changed: each wait looks again, once all that changes with it has. */
  tell(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    queueMicrotask(() => {
      this.#isTold = false;
      for (const look of [...this.#looks]) look();
    });
  }

  /** Resolves once `isSo`, as `found` does. */
  async until(isSo: () => boolean, story: () => string, deadlineMs?: number): Promise<void> {
    await this.found(() => (isSo() ? true : null), story, deadlineMs);
  }

  /**
   * Resolves with what `find` returns, once that isn't null. Rejects with what it throws: that it won't
   * come any more; and after the deadline, with what `story` says.
   */
  async found<T>(
    find: () => T | null,
    story: () => string,
    deadlineMs = deadlineMsDefault,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const look = () => {
      try {
        const it = find();
        if (it !== null) resolve(it);
      } catch (error) {
        reject(error);
      }
    };
    this.#looks.add(look);
    look();
    try {
      return await withDeadline(promise, deadlineMs, story);
    } finally {
      this.#looks.delete(look);
    }
  }
}
