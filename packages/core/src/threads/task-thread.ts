// One thread of a task pool: the task it runs, and what becomes of that when the thread dies.
// Owns the promise of the running task; which task comes next is the pool's.

import { assert, assertNever } from "../base/assert.ts";
import type { Log } from "../base/log.ts";
import { causeOf, SupervisedWorker, type WorkerEnd } from "./supervised-worker.ts";
import { TaskFailed } from "./task-errors.ts";
import type { FromTaskThread, TaskBoot, ToTaskThread } from "./task-messages.ts";

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
  /** Not ready yet, lost and not yet respawned, or stopped. */
  | { readonly phase: "away" }
  | { readonly phase: "idle" }
  | { readonly phase: "running"; readonly pending: PendingTask };

export class TaskThread {
  readonly #options: TaskThreadOptions;
  readonly #worker: SupervisedWorker<ToTaskThread, FromTaskThread>;
  #state: ThreadState = { phase: "away" };
  #wasLost = false;

  constructor(options: TaskThreadOptions) {
    this.#options = options;
    this.#worker = new SupervisedWorker({
      module: options.module,
      boot: () => options.boot,
      events: {
        message: (message) => this.#heard(message),
        ended: (end) => this.#ended(end),
      },
    });
    this.#worker.start();
  }

  get phase(): ThreadState["phase"] {
    return this.#state.phase;
  }

  /** Only for an idle thread, which is idle afterwards if the task can't be cloned. */
  run(pending: PendingTask): void {
    assert(this.#state.phase === "idle", "a thread runs one task at a time");
    try {
      this.#worker.post({ kind: "task", task: pending.task });
      this.#state = { phase: "running", pending };
    } catch (error) {
      pending.reject(new TaskFailed(causeOf(error)));
    }
  }

  /**
   * Asks the worker to end after its task, and resolves when it has. Only one that takes longer than
   * `stopMs` is killed: it may hold what must be closed by its own hand.
   */
  stop(): Promise<void> {
    return this.#worker.stop({ kind: "stop" }, this.#options.stopMs);
  }

  #heard(message: FromTaskThread): void {
    const before = this.#state;
    this.#state = { phase: "idle" };
    if (message.kind === "ready") {
      if (this.#wasLost) this.#log("info", "task-thread.respawned", {});
    } else {
      assert(before.phase === "running", "a thread answers the task that it was given");
      settle(before.pending, message);
    }
    this.#options.onIdle();
  }

  /** The worker is gone, and with it the task that it ran: only that one. */
  #ended({ cause, wasReady, wasAsked }: WorkerEnd): "respawn" | "rest" {
    const before = this.#state;
    this.#state = { phase: "away" };
    const isLost = !wasAsked || cause !== null || before.phase === "running";
    if (!isLost) return "rest";
    const told = cause ?? (wasReady ? "it exited" : "the task module ended without runTasks");
    this.#wasLost = true;
    this.#log("error", "task-thread.lost", { cause: told });
    if (before.phase === "running") before.pending.reject(new TaskFailed(`thread lost: ${told}`));
    return "respawn";
  }

  #log(level: "info" | "error", event: string, fields: { cause?: string }): void {
    const { log, pool, boot } = this.#options;
    log(level, event, { pool, thread: boot.index, ...fields });
  }
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
