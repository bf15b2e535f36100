// What is typed, from the terminal's descriptor to a listener: raw mode and the reading, begun and
// ended together. A thread of its own reads where the system lets a terminal be opened twice (Linux);
// elsewhere, and where no thread comes up, this thread does. Cuts no keys.

import { existsSync } from "node:fs";
import { asTyped, readTypedAhead } from "./typed-ahead.ts";

export type ToThread =
  | {
      readonly type: "begin";
      readonly path: string;
      readonly bytesMax: number;
      /** One 32-bit number: bytes that were read, modulo 2^32. */
      readonly counted: SharedArrayBuffer;
    }
  | { readonly type: "taken"; readonly bytes: number }
  | { readonly type: "end" };

export type FromThread =
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  /** As many wait as may; nothing is read until some are taken. */
  | { readonly type: "full" }
  /** The other end is gone. */
  | { readonly type: "gone" }
  /** The terminal can't be opened once more: by who it is not, say. */
  | { readonly type: "failed" }
  /** Nothing is read any more. */
  | { readonly type: "ended" };

export interface InputListeners {
  /** The receiver of bytes says later that they were `taken`. */
  readonly bytes: (bytes: Uint8Array) => void;
  /** `waitingBytesMax` wait; the terminal is made to wait, too. */
  readonly full: () => void;
  readonly gone: () => void;
}

/** Bytes that were read and are not taken; a paste of 1 MiB is the largest that is kept whole. */
export const waitingBytesMax = 4 * 1024 * 1024;
/** The terminal's descriptor 0, to be opened once more. */
const secondOpening = "/proc/self/fd/0";
const terminalFd = 0;
const nothing = new Uint8Array();

export interface TtyInputOptions {
  /** Bytes that wait at most, but for the last reading. */
  readonly bytesMax?: number;
  /** By which the terminal can be opened once more; null: the thread of the caller reads. */
  readonly path?: string | null;
}

export class TtyInput {
  readonly #stdin: NodeJS.ReadStream;
  readonly #bytesMax: number;
  readonly #path: string;
  readonly #counted = new SharedArrayBuffer(4);
  readonly #count = new Int32Array(this.#counted);
  #thread: Worker | null;
  #listeners: InputListeners | null = null;
  /** Bytes that the thread has counted and were told here, modulo 2^32. */
  #told = 0;
  /** What came before there was a listener. */
  #early: Uint8Array[] = [];
  #isReading = false;
  /** What to call when an end that was asked for has come, in order. */
  #ended: (() => void)[] = [];

  constructor(stdin: NodeJS.ReadStream, options: TtyInputOptions = {}) {
    const { bytesMax = waitingBytesMax, path = existsSync(secondOpening) ? secondOpening : null } =
      options;
    this.#stdin = stdin;
    this.#bytesMax = bytesMax;
    this.#path = path ?? "";
    this.#thread = path === null ? null : this.#startThread();
  }

  /** One listener; it is told at once what came before. */
  listen(listeners: InputListeners): void {
    this.#listeners = listeners;
    this.#stdin.on("error", listeners.gone);
    this.#stdin.on("end", listeners.gone);
    for (const bytes of this.#early.splice(0)) listeners.bytes(bytes);
  }

  /**
   * Raw mode, and reading. What was typed before comes first, as it was meant; not so after an editor,
   * whose last Enter is its own.
   */
  take(isAfterEditor = false): void {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#stdin.setRawMode(true);
    const typed = isAfterEditor ? nothing : asTyped(readTypedAhead(terminalFd));
    if (typed.length > 0) this.#tell(typed);
    this.#read();
  }

  /** Resolves when nothing is read any more: what is typed from then on is another program's. */
  release(): Promise<void> {
    return new Promise((resolve) => this.releaseNow(resolve));
  }

  /** As `release`, for a process that is about to stop or to end. */
  releaseNow(released: () => void = () => {}): void {
    this.#isReading = false;
    if (this.#thread === null) released();
    else this.#ended.push(released);
    this.#post({ type: "end" });
    try {
      this.#stdin.removeListener("data", this.#tell);
      this.#stdin.pause();
      this.#stdin.setRawMode(false);
    } catch {
      // A terminal that is gone has no modes.
    }
  }

  /** For good. What no reader has listened to is left in the stream. */
  close(): void {
    if (this.#listeners !== null) {
      this.#stdin.removeListener("error", this.#listeners.gone);
      this.#stdin.removeListener("end", this.#listeners.gone);
    }
    if (this.#isReading) this.releaseNow();
    for (const bytes of this.#early.splice(0).reverse()) this.#stdin.unshift(Buffer.from(bytes));
    this.#loseThread();
  }

  /** Whether something was read that the listener was not told yet: that is no silence. */
  get isBehind(): boolean {
    return this.#thread !== null && Atomics.load(this.#count, 0) !== this.#told;
  }

  taken(bytes: number): void {
    this.#post({ type: "taken", bytes });
  }

  #post(message: ToThread): void {
    this.#thread?.postMessage(message);
  }

  #read(): void {
    if (this.#thread === null) {
      this.#stdin.on("data", this.#tell);
      this.#stdin.resume();
      return;
    }
    const [path, bytesMax, counted] = [this.#path, this.#bytesMax, this.#counted];
    this.#post({ type: "begin", path, bytesMax, counted });
  }

  readonly #tell = (bytes: Uint8Array) => {
    if (this.#listeners === null) this.#early.push(bytes);
    else this.#listeners.bytes(bytes);
  };

  #startThread(): Worker {
    const thread = new Worker(new URL("./input-thread.ts", import.meta.url).href);
    thread.onmessage = ({ data }: MessageEvent<FromThread>) => this.#hear(data);
    thread.onerror = () => {
      if (this.#thread === thread) this.#doWithoutThread();
    };
    return thread;
  }

  #hear(told: FromThread): void {
    switch (told.type) {
      case "bytes":
        this.#told = (this.#told + told.bytes.length) | 0;
        return this.#tell(told.bytes);
      case "full":
        return this.#listeners?.full();
      case "gone":
        return this.#listeners?.gone();
      case "failed":
        return this.#doWithoutThread();
      case "ended":
        return this.#ended.shift()?.();
    }
  }

  #doWithoutThread(): void {
    this.#loseThread();
    if (this.#isReading) this.#read();
  }

  #loseThread(): void {
    this.#thread?.terminate();
    this.#thread = null;
    for (const resolve of this.#ended.splice(0)) resolve();
  }
}
