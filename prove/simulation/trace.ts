// What happened in a run, in order: a hash by which two runs are compared, and on demand the lines.

import type { VirtualClock } from "@maru/testkit";

export class Trace {
  readonly #clock: VirtualClock;
  readonly #print: ((line: string) => void) | null;
  #hash = 0n;

  constructor(clock: VirtualClock, print: ((line: string) => void) | null) {
    this.#clock = clock;
    this.#print = print;
  }

  /** Of everything noted so far and its times. */
  get hash(): string {
    return this.#hash.toString(16).padStart(16, "0");
  }

  note(what: string): void {
    const line = `${this.#clock.nowMs()} ${what}`;
    this.#hash = Bun.hash.wyhash(line, this.#hash);
    this.#print?.(line);
  }
}
