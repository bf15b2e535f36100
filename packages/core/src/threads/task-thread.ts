// One thread of a task pool: the task it runs, and what becomes of that when the thread dies.
// Owns the promise of the running task; which task comes next is the pool's.

import { startTimer } from "@maru/protocol";
import { assert, assertNever } from "../base/assert.ts";
import type { Log } from "../base/log.ts";
import type { PendingTask } from "./pending-task.ts";
import { causeOf, causeOfEnd, SupervisedWorker, type WorkerEnd } from "./supervised-worker.ts";
import { TaskFailed } from "./task-errors.ts";
import type { FromTaskThread, TaskBoot, ToTaskThread } from "./task-messages.ts";

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
  | {
      readonly phase: "running";
      readonly pending: PendingTask;
      readonly cancelTimeout: () => void;
    };

export class TaskThread {
  readonly #options: TaskThreadOptions;
  readonly #worker: SupervisedWorker<ToTaskThread, FromTaskThread>;
  #state: ThreadState = { phase: "away" };
  #wasLost = false;
  /** Of the task that was given last. */
  #number = 0;
  readonly #started = Promise.withResolvers<void>();

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
    // Who does not ask for it is not to be told of it.
    this.#started.promise.catch(() => {});
    this.#worker.start();
  }

  /** Settles once: the first worker has become ready, or has ended before it was. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  get phase(): ThreadState["phase"] {
    return this.#state.phase;
  }

  /** Only for an idle thread, which is idle afterwards if the task can't be cloned. */
  run(pending: PendingTask): void {
    assert(this.#state.phase === "idle", "a thread runs one task at a time");
    this.#number += 1;
    try {
      this.#worker.post({ kind: "task", task: pending.task, number: this.#number });
    } catch (error) {
      return pending.fail("not_cloned", causeOf(error));
    }
    const { timeoutMs } = pending;
    const cancelTimeout =
      timeoutMs === undefined ? () => {} : startTimer(timeoutMs, () => this.#timedOut(pending));
    this.#state = { phase: "running", pending, cancelTimeout };
  }

  /** Tells the worker that this task is wanted no more, if it is the one that runs. */
  abort(pending: PendingTask): void {
    if (this.#state.phase !== "running" || this.#state.pending !== pending) return;
    this.#worker.post({ kind: "abort", number: this.#number });
  }

  /** Nothing but its end stops a task that holds its thread. */
  #timedOut(pending: PendingTask): void {
    const told = `the task took longer than ${pending.timeoutMs} ms`;
    pending.fail("timed_out", told);
    void this.#worker.kill(told);
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
    if (before.phase === "running") before.cancelTimeout();
    if (message.kind === "ready") {
      this.#started.resolve();
      if (this.#wasLost) this.#log("info", "task-thread.respawned", {});
    } else {
      assert(before.phase === "running", "a thread answers the task that it was given");
      settle(before.pending, message);
    }
    this.#options.onIdle();
  }

  /** The worker is gone, and with it the task that it ran: only that one. */
  #ended(end: WorkerEnd): "respawn" | "rest" {
    const { cause, exitCode, wasReady, wasAsked } = end;
    const before = this.#state;
    this.#state = { phase: "away" };
    const never = "the task module ended without runTasks";
    const told = wasReady ? causeOfEnd(end) : (cause ?? never);
    const why = ["thread_lost", `thread lost: ${told}`, exitCode] as const;
    this.#started.reject(new TaskFailed(...why));
    const isLost = !wasAsked || cause !== null || before.phase === "running";
    if (!isLost) return "rest";
    this.#wasLost = true;
    this.#log("error", "task-thread.lost", { cause: told });
    if (before.phase === "running") {
      before.cancelTimeout();
      before.pending.fail(...why);
    }
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
      return pending.fail("threw", outcome.message);
    default:
      return assertNever(outcome);
  }
}
