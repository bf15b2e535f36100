// Between the reading of the terminal and what its keys do: bytes wait here, and are cut into keys and
// handled in steps, so that frames, timers and the network have their turn between two keys of a
// burst. Owns the order; the bound of what waits is the reading's (tty-input.ts).

import type { Clock } from "@maru/protocol";
import { InputReader } from "./input-reader.ts";
import type { TerminalInput } from "./terminal-input.ts";

/** How long keys are handled in one go, in ms. */
export const inputStepMs = 8;
/** Bytes that are cut into keys in one go. */
export const inputStepBytes = 4096;
/** Keys that wait for a listener; beyond, bytes do. */
export const heldInputsMax = 10_000;

export interface InputQueueOptions {
  readonly clock: Clock;
  readonly emit: (input: TerminalInput) => void;
  /** Bytes have been handled. */
  readonly taken: (bytes: number) => void;
  /** Whether more was read than was pushed here. */
  readonly isBehind: () => boolean;
  /** Where the cursor stands, says the terminal; returns whether it was asked. */
  readonly answered?: (column: number) => boolean;
}

export class InputQueue {
  readonly #options: InputQueueOptions;
  readonly #reader: InputReader;
  #bytes: Uint8Array[] = [];
  #inputs: TerminalInput[] = [];
  #isHeld = true;
  #isStepping = false;
  #cancel: (() => void) | null = null;

  /** Holds what comes until `go`. */
  constructor(options: InputQueueOptions) {
    const { clock, isBehind, answered = () => false } = options;
    this.#options = options;
    this.#reader = new InputReader(clock, (input) => this.#add(input), {
      isBehind: () => this.#bytes.length > 0 || isBehind(),
      answered,
    });
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += inputStepBytes) {
      this.#bytes.push(bytes.subarray(at, at + inputStepBytes));
    }
    this.#begin();
  }

  /** From now on keys wait, until `go`. */
  hold(): void {
    this.#isHeld = true;
  }

  go(): void {
    this.#isHeld = false;
    this.#begin();
  }

  /** Drops what is unfinished: the terminal was another program's meanwhile. */
  reset(): void {
    if (this.#bytes.length === 0) this.#reader.reset();
  }

  /** Drops everything, for good. */
  end(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#bytes = [];
    this.#inputs = [];
    this.#reader.reset();
    this.#isHeld = true;
  }

  #add(input: TerminalInput): void {
    this.#inputs.push(input);
    this.#begin();
  }

  /** At once, unless a step is under way or due. */
  #begin(): void {
    if (!this.#isStepping && this.#cancel === null) this.#step();
  }

  #step(): void {
    const { clock } = this.#options;
    const untilMs = clock.nowMs() + inputStepMs;
    this.#cancel = null;
    this.#isStepping = true;
    let isMore = true;
    try {
      do isMore = this.#one();
      while (isMore && clock.nowMs() < untilMs);
    } finally {
      this.#isStepping = false;
    }
    if (isMore) this.#cancel = clock.after(0, () => this.#step());
  }

  /** Handles one key, or cuts some bytes into keys; false: there is nothing to do. */
  #one(): boolean {
    if (this.#inputs.length > 0 && !this.#isHeld) {
      const input = this.#inputs.shift();
      if (input !== undefined) this.#options.emit(input);
      return true;
    }
    const isFull = this.#inputs.length >= heldInputsMax;
    const bytes = isFull ? undefined : this.#bytes.shift();
    if (bytes === undefined) return false;
    this.#reader.read(bytes);
    this.#options.taken(bytes.length);
    return true;
  }
}
