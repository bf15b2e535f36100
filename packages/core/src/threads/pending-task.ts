// A task that waits or runs, and the promise that was given for it. Settles once, whatever comes first:
// its answer, its failure, or its caller's abort.

import { TaskFailed } from "./task-errors.ts";

export interface PendingTaskOptions {
  readonly task: unknown;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Its caller wants no answer any more; the promise has been rejected. */
  readonly onAbort: (pending: PendingTask) => void;
}

export class PendingTask {
  readonly task: unknown;
  /** Milliseconds that a thread may take for it; absent: as long as it needs. */
  readonly timeoutMs: number | undefined;
  readonly promise: Promise<unknown>;
  readonly #settled = Promise.withResolvers<unknown>();
  readonly #options: PendingTaskOptions;

  constructor(options: PendingTaskOptions) {
    this.#options = options;
    this.task = options.task;
    this.timeoutMs = options.timeoutMs;
    this.promise = this.#settled.promise;
    options.signal?.addEventListener("abort", this.#abort);
  }

  resolve(answer: unknown): void {
    this.#forgetSignal();
    this.#settled.resolve(answer);
  }

  reject(error: unknown): void {
    this.#forgetSignal();
    this.#settled.reject(error);
  }

  fail(...why: ConstructorParameters<typeof TaskFailed>): void {
    this.reject(new TaskFailed(...why));
  }

  readonly #abort = (): void => {
    this.reject(this.#options.signal?.reason);
    this.#options.onAbort(this);
  };

  /** A signal may live longer than its tasks. */
  #forgetSignal(): void {
    this.#options.signal?.removeEventListener("abort", this.#abort);
  }
}
