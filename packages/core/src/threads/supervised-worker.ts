// One place for a thread: the worker that is there now, its start, its messages, its end, and its
// successor. Owns the worker; what its messages mean, and whether it needs a successor, is the pool's.
//
// A worker's first word is `ready`. One that ends unasked is replaced, ever more slowly when none lasts.

import { Worker } from "node:worker_threads";
import { startTimer } from "@maru/protocol";
import { RespawnDelay } from "./respawn-delay.ts";

/** How a worker ended. */
export interface WorkerEnd {
  /** What it threw, or why it was killed; null: it just exited. */
  readonly cause: string | null;
  /** What it exited with; null: it threw, or was ended by force, which `cause` tells. */
  readonly exitCode: number | null;
  readonly wasReady: boolean;
  /** It had been asked to stop. */
  readonly wasAsked: boolean;
}

export interface WorkerEvents<From> {
  /** Its first word, `ready`, and whatever it says later. */
  message(message: From): void;
  /** It is gone. Says whether it gets a successor; without effect when it was asked to stop. */
  ended(end: WorkerEnd): "respawn" | "rest";
}

export interface SupervisedWorkerOptions<From> {
  readonly module: URL;
  /** What each worker is given at its start, cloned. */
  readonly boot: () => unknown;
  /** The kind of message after which a worker that was asked to stop need not be waited for. */
  readonly lastWord?: string;
  readonly events: WorkerEvents<From>;
}

export class SupervisedWorker<To, From extends { readonly kind: string }> {
  readonly #options: SupervisedWorkerOptions<From>;
  readonly #delay = new RespawnDelay();
  #worker: Worker | null = null;
  #isReady = false;
  /** Why the worker of now ends, once that is known. */
  #cause: string | null = null;
  #isStopping = false;
  #cancelRespawn: (() => void) | undefined;

  constructor(options: SupervisedWorkerOptions<From>) {
    this.#options = options;
  }

  /** Starts the first worker; throws where the module can't even be looked for. */
  start(): void {
    this.#delay.started();
    this.#cause = null;
    this.#isReady = false;
    const worker = new Worker(this.#options.module, { workerData: this.#options.boot() });
    this.#worker = worker;
    worker.on("message", (message: From) => {
      if (this.#worker === worker) this.#heard(message);
    });
    worker.on("error", (error) => {
      if (this.#worker === worker) this.#cause ??= causeOf(error);
    });
    worker.on("exit", (exitCode) => {
      if (this.#worker === worker) this.#ended(exitCode);
    });
  }

  /** Without effect while there is no worker. Throws what can't be cloned. */
  post(message: To): void {
    this.#worker?.postMessage(message);
  }

  /** Ends the worker of now at once, as a crash would; `cause` is why. */
  async kill(cause: string): Promise<void> {
    this.#cause ??= cause;
    await this.#worker?.terminate();
  }

  /**
   * Asks the worker to end, and resolves when it has, or has said its last word; after `deadlineMs` it
   * is killed. It gets no successor.
   */
  async stop(ask: To, deadlineMs: number): Promise<void> {
    this.#isStopping = true;
    this.#cancelRespawn?.();
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => {
      worker.once("exit", () => resolve());
      worker.on("message", ({ kind }: From) => {
        if (kind === this.#options.lastWord) void worker.terminate();
      });
    });
    this.post(ask);
    const cancelDeadline = startTimer(deadlineMs, () => {
      // One that has not even started takes nothing with it.
      if (this.#isReady) this.#cause ??= `it had not ended ${deadlineMs} ms after it was asked to`;
      void worker.terminate();
    });
    await ended;
    cancelDeadline();
  }

  #heard(message: From): void {
    if (message.kind === "ready") this.#isReady = true;
    this.#options.events.message(message);
  }

  #ended(exitCode: number | null): void {
    this.#worker = null;
    const next = this.#options.events.ended({
      cause: this.#cause,
      // Bun's code for one that was ended, or whose promise was rejected, is 0.
      exitCode: this.#cause === null ? exitCode : null,
      wasReady: this.#isReady,
      wasAsked: this.#isStopping,
    });
    if (next === "respawn" && !this.#isStopping) this.#respawnLater();
  }

  #respawnLater(): void {
    this.#cancelRespawn = startTimer(this.#delay.lost(), () => {
      try {
        this.start();
      } catch (error) {
        this.#cause = causeOf(error);
        this.#ended(null);
      }
    });
  }
}

/** Why a worker ended, in words. */
export function causeOfEnd({ cause, exitCode }: Pick<WorkerEnd, "cause" | "exitCode">): string {
  return cause ?? `it exited with code ${exitCode}`;
}

/** What is told of something thrown: its sentence, never its stack. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
