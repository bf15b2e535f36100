// When frames are drawn: a burst of changes costs at most thirty a second, but what answers a key
// is not made to wait for its turn. Draws nothing itself.

import type { Clock } from "@maru/protocol";

/** Between frames that answer no input: 30 a second. */
export const frameGapMs = 33;
/** Between frames that answer a key: key repeat and fast typing stay fluent. */
export const echoGapMs = 8;

export class FramePace {
  readonly #clock: Clock;
  readonly #draw: () => void;
  #drawnAtMs = Number.NEGATIVE_INFINITY;
  #dueAtMs = Number.POSITIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #isEcho = false;
  #isStopped = false;

  constructor(clock: Clock, draw: () => void) {
    this.#clock = clock;
    this.#draw = draw;
  }

  /** A key came: the next change is its answer. */
  expectEcho(): void {
    this.#isEcho = true;
  }

  /** Asks for a frame; one is drawn for however many asked. */
  ask(): void {
    if (this.#isStopped) return;
    const now = this.#clock.nowMs();
    const dueAtMs = Math.max(now, this.#drawnAtMs + (this.#isEcho ? echoGapMs : frameGapMs));
    if (dueAtMs >= this.#dueAtMs) return;
    this.#cancel?.();
    this.#dueAtMs = dueAtMs;
    this.#cancel = this.#clock.after(dueAtMs - now, () => this.#run());
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancel = null;
    this.#dueAtMs = Number.POSITIVE_INFINITY;
  }

  start(): void {
    this.#isStopped = false;
  }

  #run(): void {
    this.#cancel = null;
    this.#dueAtMs = Number.POSITIVE_INFINITY;
    this.#isEcho = false;
    this.#drawnAtMs = this.#clock.nowMs();
    this.#draw();
  }
}
