// One place in the pool: the worker that is there now, its start, its end, its successor.
// Owns the worker thread; what its messages mean is the pool's.

import { Worker } from "node:worker_threads";
import { startTimer } from "@maru/protocol";
import type { FromShard, ShardBoot, ToShard } from "./shard-messages.ts";

export interface SlotEvents {
  message(message: FromShard): void;
  /** The worker is gone without having been asked to go. */
  lost(cause: string): void;
}

export class WorkerSlot {
  readonly #module: URL;
  readonly #events: SlotEvents;
  #worker: Worker | null = null;
  #stopping = false;

  constructor(module: URL, events: SlotEvents) {
    this.#module = module;
    this.#events = events;
  }

  /** Starts a worker; resolves with its first word, `ready`, and rejects if that never comes. */
  start(boot: ShardBoot): Promise<Extract<FromShard, { kind: "ready" }>> {
    const worker = new Worker(this.#module, { workerData: boot });
    this.#worker = worker;
    let cause: string | null = null;
    return new Promise((resolve, reject) => {
      let isReady = false;
      worker.on("message", (message: FromShard) => {
        if (message.kind === "ready") {
          isReady = true;
          resolve(message);
        } else if (message.kind === "failed") {
          reject(new Error(message.message));
        } else if (this.#worker === worker) {
          this.#events.message(message);
        }
      });
      worker.on("error", (error) => {
        cause = error instanceof Error ? error.message : String(error);
      });
      worker.on("exit", () => {
        reject(new Error(cause ?? "the shard module ended without calling runShard"));
        if (this.#worker !== worker) return;
        this.#worker = null;
        if (isReady && !this.#stopping) this.#events.lost(cause ?? "it exited");
      });
    });
  }

  post(message: ToShard): void {
    this.#worker?.postMessage(message);
  }

  /** Ends the worker at once. */
  async kill(): Promise<void> {
    await this.#worker?.terminate();
  }

  /** Asks the worker to close its connections and waits for its end; after `deadlineMs` it is killed. */
  async stop(reconnectWithinMs: number, deadlineMs: number): Promise<void> {
    this.#stopping = true;
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => {
      worker.on("exit", () => resolve());
      worker.on("message", (message: FromShard) => {
        if (message.kind === "stopped") resolve();
      });
    });
    this.post({ kind: "stop", reconnectWithinMs });
    const late = Promise.withResolvers<void>();
    const cancelDeadline = startTimer(deadlineMs, late.resolve);
    await Promise.race([ended, late.promise]);
    cancelDeadline();
    await this.kill();
  }
}
