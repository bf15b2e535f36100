// What happened in a run, in order: a hash by which two runs are compared, and on demand the lines.

import type { Timeline } from "./timeline.ts";

export class Trace {
  readonly #timeline: Timeline;
  readonly #print: ((line: string) => void) | null;
  #hash = 0n;

  constructor(timeline: Timeline, print: ((line: string) => void) | null) {
    this.#timeline = timeline;
    this.#print = print;
  }

  /** Of everything noted so far and its times. */
  get hash(): string {
    return this.#hash.toString(16).padStart(16, "0");
  }

  note(what: string): void {
    const line = `${this.#timeline.nowMs} ${what}`;
    this.#hash = Bun.hash.wyhash(line, this.#hash);
    this.#print?.(line);
  }
}
