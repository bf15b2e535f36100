// Writes to the terminal in order and without blocking: a terminal that takes nothing (a slow line,
// a stopped tmux) must stop neither the network nor the typing. Owns the bytes until they are out.
// Bun's own process.stdout blocks the whole program then, so this writes to the descriptor itself.

import { write, writeSync } from "node:fs";
import type { Clock } from "@maru/protocol";

/** How long to wait when the terminal takes nothing at the moment. */
const retryMs = 5;

interface Piece {
  readonly bytes: Uint8Array;
  readonly done: () => void;
}

export class TtyWriter {
  readonly #fd: number;
  readonly #clock: Clock;
  readonly #gone: () => void;
  #queue: Piece[] = [];
  #at = 0;
  #isWriting = false;
  #isGone = false;
  #idle: (() => void)[] = [];

  /** `gone` is called once, when the terminal can't be written any more. */
  constructor(fd: number, clock: Clock, gone: () => void) {
    this.#fd = fd;
    this.#clock = clock;
    this.#gone = gone;
  }

  write(text: string, done: () => void = () => {}): void {
    if (this.#isGone || text === "") {
      queueMicrotask(done);
      return;
    }
    this.#queue.push({ bytes: new TextEncoder().encode(text), done });
    if (!this.#isWriting) this.#next();
  }

  /** Resolves when all that was given is out, or nothing can be any more. */
  written(): Promise<void> {
    if (this.#queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Writes at once, ahead of what waits; for the last words of a process. What waits is dropped. */
  writeNow(text: string): void {
    this.abandon();
    this.#isGone = false;
    let bytes = new TextEncoder().encode(text);
    // A terminal that takes nothing must not keep a process that wants to end.
    for (let tries = 0; bytes.length > 0 && tries < 100; tries += 1) {
      try {
        bytes = bytes.subarray(writeSync(this.#fd, bytes));
      } catch (error) {
        if (!isBusy(error)) return;
        Bun.sleepSync(retryMs);
      }
    }
  }

  #next(): void {
    const piece = this.#queue[0];
    if (piece === undefined) {
      this.#isWriting = false;
      for (const resolve of this.#idle.splice(0)) resolve();
      return;
    }
    this.#isWriting = true;
    const left = piece.bytes.subarray(this.#at);
    write(this.#fd, left, 0, left.length, null, (error, count) => {
      // The queue was taken away meanwhile.
      if (this.#queue[0] !== piece) return;
      if (error !== null && isBusy(error)) {
        this.#clock.after(retryMs, () => this.#next());
        return;
      }
      if (error !== null) return this.#lose();
      this.#at += count;
      if (this.#at < piece.bytes.length) return this.#next();
      this.#queue.shift();
      this.#finish(piece);
    });
  }

  #finish(piece: Piece): void {
    this.#at = 0;
    piece.done();
    this.#next();
  }

  /** Gives up what waits, and takes no more. */
  abandon(): void {
    this.#isGone = true;
    this.#isWriting = false;
    this.#at = 0;
    for (const piece of this.#queue.splice(0)) piece.done();
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #lose(): void {
    this.abandon();
    this.#gone();
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EAGAIN" || error.code === "EINTR");
