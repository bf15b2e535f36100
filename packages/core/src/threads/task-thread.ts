// One place in a task pool: the worker that is there now, the task it runs, its end, its successor.
// Owns the worker thread and the promise of the running task; which task comes next is the pool's.

import { Worker } from "node:worker_threads";
import { startTimer } from "@maru/protocol";
import { assert, assertNever } from "../base/assert.ts";
import type { Log } from "../base/log.ts";
import { RespawnDelay } from "./respawn-delay.ts";
import { TaskFailed } from "./task-errors.ts";
import {
  type FromTaskThread,
  messageOf,
  type TaskBoot,
  type ToTaskThread,
} from "./task-messages.ts";

/** A task and the promise that was given for it. */
export interface PendingTask {
  readonly task: unknown;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export interface TaskThreadOptions {
  readonly module: URL;
  /** The pool's name, for the log. */
  readonly pool: string;
  readonly boot: TaskBoot;
  /** What the running task and the worker's `close` may take at the stop, in milliseconds. */
  readonly stopMs: number;
  readonly log: Log;
  /** The thread has become idle. */
  readonly onIdle: () => void;
}

type ThreadState =
  /** Lost and not yet respawned, or stopped. */
  | { readonly phase: "gone" }
  | { readonly phase: "starting"; readonly worker: Worker }
  | { readonly phase: "idle"; readonly worker: Worker }
  | { readonly phase: "running"; readonly worker: Worker; readonly pending: PendingTask };

export class TaskThread {
  readonly #options: TaskThreadOptions;
  readonly #delay = new RespawnDelay();
  #state: ThreadState = { phase: "gone" };
  /** Why the worker of now ends, once that is known; null too if it ends as it was asked to. */
  #cause: string | null = null;
  #cancelRespawn: (() => void) | undefined;
  #wasLost = false;
  #stopping = false;

  constructor(options: TaskThreadOptions) {
    this.#options = options;
    this.#start();
  }

  get phase(): ThreadState["phase"] {
    return this.#state.phase;
  }

  /** Only for an idle thread, which is idle afterwards if the task can't be cloned. */
  run(pending: PendingTask): void {
    const state = this.#state;
    assert(state.phase === "idle", "a thread runs one task at a time");
    try {
      post(state.worker, { kind: "task", task: pending.task });
      this.#state = { phase: "running", worker: state.worker, pending };
    } catch (error) {
      pending.reject(new TaskFailed(messageOf(error)));
    }
  }

  /**
   * Asks the worker to end after its task, and resolves when it has. Only one that takes longer than
   * `stopMs` is killed: it may hold what must be closed by its own hand.
   */
  async stop(): Promise<void> {
    const { stopMs } = this.#options;
    this.#stopping = true;
    this.#cancelRespawn?.();
    if (this.#state.phase === "gone") return;
    const { worker } = this.#state;
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    post(worker, { kind: "stop" });
    const cancelDeadline = startTimer(stopMs, () => {
      // One that has not even started takes nothing with it.
      if (this.#state.phase !== "starting") {
        this.#cause ??= `it had not ended ${stopMs} ms after it was asked to`;
      }
      void worker.terminate();
    });
    await ended;
    cancelDeadline();
  }

  #start(): void {
    const { module, boot } = this.#options;
    this.#delay.started();
    this.#cause = null;
    const worker = new Worker(module, { workerData: boot });
    this.#state = { phase: "starting", worker };
    worker.on("message", (message: FromTaskThread) => this.#heard(worker, message));
    worker.on("error", (error) => {
      this.#cause = messageOf(error);
    });
    worker.on("exit", () => this.#ended());
  }

  #heard(worker: Worker, message: FromTaskThread): void {
    const before = this.#state;
    this.#state = { phase: "idle", worker };
    if (message.kind === "ready") {
      if (this.#wasLost) this.#log("info", "task-thread.respawned", {});
    } else {
      assert(before.phase === "running", "a thread answers the task that it was given");
      settle(before.pending, message);
    }
    this.#options.onIdle();
  }

  /** The worker is gone, and with it the task that it ran: only that one. */
  #ended(): void {
    const before = this.#state;
    this.#state = { phase: "gone" };
    const isLost = !this.#stopping || this.#cause !== null || before.phase === "running";
    if (!isLost) return;
    const cause =
      this.#cause ??
      (before.phase === "starting" ? "the task module ended without runTasks" : "it exited");
    this.#wasLost = true;
    this.#log("error", "task-thread.lost", { cause });
    if (before.phase === "running") before.pending.reject(new TaskFailed(`thread lost: ${cause}`));
    if (!this.#stopping) this.#respawnLater();
  }

  #respawnLater(): void {
    this.#cancelRespawn = startTimer(this.#delay.lost(), () => {
      try {
        this.#start();
      } catch (error) {
        this.#cause = messageOf(error);
        this.#ended();
      }
    });
  }

  #log(level: "info" | "error", event: string, fields: { cause?: string }): void {
    const { log, pool, boot } = this.#options;
    log(level, event, { pool, thread: boot.index, ...fields });
  }
}

function post(worker: Worker, message: ToTaskThread): void {
  worker.postMessage(message);
}

type Outcome = Exclude<FromTaskThread, { kind: "ready" }>;

function settle(pending: PendingTask, outcome: Outcome): void {
  switch (outcome.kind) {
    case "answered":
      return pending.resolve(outcome.answer);
    case "failed":
      return pending.reject(new TaskFailed(outcome.message));
    default:
      return assertNever(outcome);
  }
}
