// What one page of a search may cost, in microseconds as they were measured: each search says what it
// did, and stops when it was enough. Estimates, so that a small page is always the same; behind each
// few milliseconds of them the thread's own time is asked, which cold code and cold files lengthen.

/** Of a row that is read and looked at. */
export const rowUs = 8;
/** Of a UTF-16 unit of text that is cut into words: plain ASCII, and the dearest (Hangul, Thai). */
const plainUnitUs = 0.1;
const unitUs = 0.27;
/** Estimated work between two looks at the thread's time, a few microseconds each. */
const lookUs = 2_000;

const plain = /^[\0-\x7f]*$/;

/** Microseconds that this thread has worked, in all. */
export type ThreadTime = () => number;

const threadTime: ThreadTime = () => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};

export class SearchWork {
  readonly #us: number;
  readonly #time: ThreadTime;
  readonly #beganUs: number;
  #leftUs: number;
  #unseenUs = 0;

  constructor(us: number, time: ThreadTime = threadTime) {
    this.#us = us;
    this.#leftUs = us;
    this.#time = time;
    this.#beganUs = time();
  }

  get isSpent(): boolean {
    return this.#leftUs <= 0;
  }

  /** A part of what is left, taken out of it. */
  share(part: number): SearchWork {
    const us = Math.max(0, this.#leftUs) * part;
    this.#leftUs -= us;
    return new SearchWork(us, this.#time);
  }

  spend(us: number): void {
    this.#leftUs -= us;
    this.#unseenUs += us;
    if (this.#unseenUs < lookUs) return;
    this.#unseenUs = 0;
    this.#leftUs = Math.min(this.#leftUs, this.#us - (this.#time() - this.#beganUs));
  }

  /** A text is cut into words. */
  spendText(text: string): void {
    this.spend(text.length * (plain.test(text) ? plainUnitUs : unitUs));
  }
}
