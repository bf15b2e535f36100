// A stream that is written to: standard output or standard error.
// Owns what is not written yet; gathers what is said in one turn into one write, tells when it is
// behind, and why it can be written no more: a reader that left is an end, anything else a failure.

import { watchReader } from "./watch-reader.ts";

/** UTF-16 units that may wait before a writer should wait too. */
const pendingMax = 256 * 1024;

/** What the system says when there is no reader: of a pipe, and of a socket. */
const readerLeft: ReadonlySet<string | undefined> = new Set(["EPIPE", "ECONNRESET"]);

export class Output {
  readonly isTerminal: boolean;
  readonly #stream: NodeJS.WriteStream & { readonly fd?: number };
  readonly #gone = new AbortController();
  #failure: Error | null = null;
  #pending: string[] = [];
  #pendingSize = 0;
  #isScheduled = false;
  #isWriting = false;
  #waiters: (() => void)[] = [];
  /** For what waits, and for what is being written. */
  #onWritten: (() => void)[] = [];
  #onWriting: (() => void)[] = [];

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.isTerminal = stream.isTTY === true;
    // Whatever the error: nothing that is written from now on is read.
    stream.on("error", (error) => this.#lost(error));
  }

  /** Aborted when nothing more can be written, for whatever reason. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Resolves when `gone` is aborted, or at once if it is. */
  async ended(): Promise<void> {
    const { gone } = this;
    if (gone.aborted) return;
    await new Promise<void>((resolve) => gone.addEventListener("abort", () => resolve()));
  }

  /** Why not everything was written; null while all is well, or when it is the reader who left. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** The stream itself, for a line editor. */
  get stream(): NodeJS.WriteStream {
    return this.#stream;
  }

  /** For a program that may have nothing to write for long: `gone` is aborted all the same. */
  watchReader(): void {
    watchReader(this.#stream.fd, () => this.#end());
  }

  write(text: string): void {
    if (text === "" || this.gone.aborted) return;
    this.#pending.push(text);
    this.#pendingSize += text.length;
    if (this.#isScheduled || this.#isWriting) return;
    this.#isScheduled = true;
    setImmediate(() => this.#flush());
  }

  /** Calls back, in the order of the calls, once all that was given is written; never if it can't be. */
  written(onWritten: () => void): void {
    if (this.gone.aborted) return;
    if (this.#pendingSize > 0) this.#onWritten.push(onWritten);
    else if (this.#isWriting) this.#onWriting.push(onWritten);
    else onWritten();
  }

  /** Resolves when more may be written without piling up. */
  async ready(): Promise<void> {
    while (this.#pendingSize > pendingMax && !this.gone.aborted) await this.#progress();
  }

  /** Resolves when everything is written, or can't be. */
  async flushed(): Promise<void> {
    while ((this.#pendingSize > 0 || this.#isWriting) && !this.gone.aborted) {
      await this.#progress();
    }
  }

  #progress(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  #flush(): void {
    this.#isScheduled = false;
    if (this.#isWriting || this.#pendingSize === 0 || this.gone.aborted) return;
    const text = this.#pending.join("");
    this.#pending = [];
    this.#pendingSize = 0;
    this.#onWriting = this.#onWritten;
    this.#onWritten = [];
    this.#isWriting = true;
    this.#stream.write(text, (error) => this.#wrote(error ?? null));
  }

  #wrote(error: Error | null): void {
    this.#isWriting = false;
    if (error !== null) return this.#lost(error);
    const written = this.#onWriting;
    this.#onWriting = [];
    for (const call of written) call();
    this.#flush();
    this.#wake();
  }

  #lost(error: Error & { readonly code?: string }): void {
    // A terminal that is hung up fails in its own way.
    const isReaderGone = readerLeft.has(error.code) || (this.isTerminal && error.code === "EIO");
    if (!isReaderGone && !this.gone.aborted) this.#failure = error;
    this.#end();
  }

  #end(): void {
    this.#gone.abort();
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
