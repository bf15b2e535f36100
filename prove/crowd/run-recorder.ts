// What the publishers of a run ask for and are told, in one order, as the checker wants it. Owns the
// records, the count that moments are chosen by, and the end of all waiting.

import { messageKey, type PublisherRecord } from "@maru/testkit";

interface Wait {
  readonly count: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export class RunRecorder {
  readonly records: PublisherRecord[] = [];
  #at = 0;
  #asked = 0;
  #acknowledged = 0;
  #duplicates = 0;
  #waits: Wait[] = [];
  #isOver = false;
  #failure: Error | null = null;

  get asked(): number {
    return this.#asked;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Acknowledgements that said that the message had been stored before. */
  get duplicates(): number {
    return this.#duplicates;
  }

  get inFlight(): number {
    return this.#asked - this.#acknowledged;
  }

  /** To be called before anything of the message is sent; the key is its text. */
  willAsk(room: string, account: string, cid: string): string {
    const key = messageKey(account, cid);
    this.#asked += 1;
    this.#at += 1;
    this.records.push({ kind: "asked", at: this.#at, room, key });
    return key;
  }

  /** To be called once the acknowledgement has come. */
  wasAcknowledged(room: string, key: string, reply: { seq: number; duplicate: boolean }): void {
    const { seq, duplicate } = reply;
    this.#acknowledged += 1;
    if (duplicate) this.#duplicates += 1;
    this.#at += 1;
    this.records.push({ kind: "acknowledged", at: this.#at, room, key, seq, duplicate });
    this.#wake((wait) => wait.count <= this.#acknowledged);
  }

  /** Resolves when so many more are acknowledged, or the run is over; rejects when it has failed. */
  acknowledgedMore(count: number): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#isOver || count <= 0) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waits.push({ count: this.#acknowledged + count, resolve, reject });
    return promise;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Nothing new is begun. */
  over(): void {
    this.#isOver = true;
    this.#wake(() => true);
  }

  /** All who wait, or will, are told; the first failure counts. */
  fail(error: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#isOver = true;
    for (const { reject } of this.#waits.splice(0)) reject(this.#failure);
  }

  /** Throws what has failed. */
  assertWell(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  #wake(isDue: (wait: Wait) => boolean): void {
    if (this.#waits.length === 0) return;
    const due = this.#waits.filter(isDue);
    if (due.length === 0) return;
    this.#waits = this.#waits.filter((wait) => !due.includes(wait));
    for (const { resolve } of due) resolve();
  }
}
