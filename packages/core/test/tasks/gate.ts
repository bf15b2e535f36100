// Shared memory in which a task that blocks its thread says that it has begun, and is let go.

export class Gate {
  readonly memory: SharedArrayBuffer;
  readonly #state: Int32Array;

  constructor(memory = new SharedArrayBuffer(4)) {
    this.memory = memory;
    this.#state = new Int32Array(memory);
  }

  /** On the task's thread: blocks it until `open`. */
  hold(): void {
    this.begin();
    Atomics.wait(this.#state, 0, 1);
  }

  /** On the task's thread: says that it has begun, and goes on. */
  begin(): void {
    Atomics.store(this.#state, 0, 1);
    Atomics.notify(this.#state, 0);
  }

  /** Resolves when a task holds its thread. */
  async held(): Promise<void> {
    await Atomics.waitAsync(this.#state, 0, 0).value;
  }

  open(): void {
    Atomics.store(this.#state, 0, 2);
    Atomics.notify(this.#state, 0);
  }
}
