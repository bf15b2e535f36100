// What one page of a search may cost, in microseconds as they were measured: whoever works says what it
// did, and stops when it was enough. Estimates and not a clock, so that a page does not depend on who
// else is busy; what can't be estimated is measured by whoever does it.

/** Of a row that is read and looked at. */
export const rowUs = 8;
/** Of a UTF-16 unit of text that is cut into words: plain ASCII, and the dearest (Hangul, Thai). */
const plainUnitUs = 0.1;
const unitUs = 0.27;

const plain = /^[\0-\x7f]*$/;

export class SearchWork {
  #leftUs: number;

  constructor(us: number) {
    this.#leftUs = us;
  }

  get isSpent(): boolean {
    return this.#leftUs <= 0;
  }

  /** A part of what is left, taken out of it. */
  share(part: number): SearchWork {
    const us = Math.max(0, this.#leftUs) * part;
    this.#leftUs -= us;
    return new SearchWork(us);
  }

  spend(us: number): void {
    this.#leftUs -= us;
  }

  /** A text is judged. */
  spendText(text: string): void {
    this.#leftUs -= text.length * (plain.test(text) ? plainUnitUs : unitUs);
  }
}
