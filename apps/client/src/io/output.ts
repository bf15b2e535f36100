// A stream that is written to: standard output or standard error.
// Owns what is not written yet; gathers what is said in one turn into one write, tells when it is
// behind, and takes a reader that is gone (EPIPE) for an end, not for a fault.

/** UTF-16 units that may wait before a writer should wait too. */
const pendingMax = 256 * 1024;

export class Output {
  readonly isTerminal: boolean;
  readonly #stream: NodeJS.WriteStream;
  readonly #gone = new AbortController();
  #pending: string[] = [];
  #pendingSize = 0;
  #isScheduled = false;
  #isWriting = false;
  #waiters: (() => void)[] = [];

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.isTerminal = stream.isTTY === true;
    // Whatever the error: nothing that is written from now on is read by anybody.
    stream.on("error", () => this.#lost());
  }

  /** Aborted when nobody reads any more. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** The stream itself, for a line editor. */
  get stream(): NodeJS.WriteStream {
    return this.#stream;
  }

  write(text: string): void {
    if (text === "" || this.gone.aborted) return;
    this.#pending.push(text);
    this.#pendingSize += text.length;
    if (this.#isScheduled || this.#isWriting) return;
    this.#isScheduled = true;
    setImmediate(() => this.#flush());
  }

  /** Resolves when more may be written without piling up. */
  async ready(): Promise<void> {
    while (this.#pendingSize > pendingMax && !this.gone.aborted) await this.#progress();
  }

  /** Resolves when everything is written, or nobody reads. */
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
    this.#isWriting = true;
    this.#stream.write(text, (error) => {
      this.#isWriting = false;
      if (error) this.#lost();
      else this.#flush();
      this.#wake();
    });
  }

  #lost(): void {
    this.#gone.abort();
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
