// Threads for work that would stall an event loop, and the bounded queue before them, which
// task-queue.ts keeps in order; what a task is, only the application knows.
//
// Invariant: waiting ≤ queueMax, and while a task waits, no thread is idle.

import { assert } from "../base/assert.ts";
import type { Log } from "../base/log.ts";
import { TaskBusy, TaskFailed } from "./task-errors.ts";
import { TaskQueue, type TaskTurn } from "./task-queue.ts";
import { type PendingTask, TaskThread } from "./task-thread.ts";

const stopMsDefault = 2_000;

export interface TaskPoolOptions<Data> {
  /** What each thread runs: a module that calls `runTasks` with the same types. */
  readonly module: URL;
  /** Tells pools apart in the log. */
  readonly name: string;
  /** At least 1. */
  readonly threads: number;
  /** Tasks that may wait, besides the one that each thread runs; at least 1. */
  readonly queueMax: number;
  /** Tasks of one owner among them; all, unless given. */
  readonly ownerMax?: number;
  /** How many kinds of urgency there are; one, unless given. */
  readonly lanes?: number;
  /** Cloned to every thread at its start, respawned ones included. */
  readonly data: Data;
  readonly log: Log;
  /** What running tasks and `close` may take at the stop before their threads are killed. */
  readonly stopMs?: number;
}

export interface TaskPool<Task, Answer> {
  /**
   * The answer to `task`, cloned. Tasks are begun lane by lane, in a lane the owners in turn, of one
   * owner in the order of the calls, and answered as they get done; without `turn` all are one owner's.
   * Rejects with TaskBusy where too many wait: at once, or later when a task of an owner who has less
   * waiting, or of a lower lane, needs the place. Rejects with TaskFailed when the task threw, its
   * thread died (it isn't tried again), or the pool stopped. `task` is cloned when a thread takes it:
   * until the promise settles it must not change.
   */
  run(task: Task, turn?: TaskTurn): Promise<Answer>;
  /** As of now. Until a thread is ready its tasks wait. */
  readonly counts: { readonly waiting: number; readonly running: number };
  /**
   * Fails what waits and what is still to come, lets the running tasks finish, and resolves when
   * every thread has ended: after `stopMs` by force, which fails its task.
   */
  stop(): Promise<void>;
}

/**
 * Starts the threads and returns at once; tasks wait until one is ready. A thread that dies is logged
 * and replaced. A module that can't start is tried for ever, ever more slowly, while tasks wait.
 */
export function startTaskPool<Task, Answer, Data>(
  options: TaskPoolOptions<Data>,
): TaskPool<Task, Answer> {
  return new ThreadPool(options) as TaskPool<unknown, unknown> as TaskPool<Task, Answer>;
}

class ThreadPool implements TaskPool<unknown, unknown> {
  readonly #threads: readonly TaskThread[];
  readonly #queue: TaskQueue<PendingTask>;
  #stopped: Promise<void> | null = null;

  constructor(options: TaskPoolOptions<unknown>) {
    const { module, name, threads, queueMax, data, log, stopMs = stopMsDefault } = options;
    assert(Number.isSafeInteger(threads) && threads >= 1, "a task pool has at least one thread");
    const { ownerMax = queueMax, lanes = 1 } = options;
    this.#queue = new TaskQueue({ queueMax, ownerMax, lanes });
    this.#threads = Array.from({ length: threads }, (_, index) => {
      const boot = { index, data };
      const onIdle = () => this.#runNext();
      return new TaskThread({ module, pool: name, boot, stopMs, log, onIdle });
    });
  }

  get counts() {
    const running = this.#threads.filter(({ phase }) => phase === "running").length;
    return { waiting: this.#queue.length, running };
  }

  run(task: unknown, turn: TaskTurn = firstOfAll): Promise<unknown> {
    if (this.#stopped !== null) return Promise.reject(stoppedError());
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#queue.push({ task, resolve, reject }, turn)?.reject(new TaskBusy());
    this.#runNext();
    return promise;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    for (const { reject } of this.#queue.takeAll()) reject(stoppedError());
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  /** In a loop, since a task that can't be cloned leaves its thread idle. */
  #runNext(): void {
    for (;;) {
      const thread = this.#threads.find(({ phase }) => phase === "idle");
      if (thread === undefined) return;
      const next = this.#queue.take();
      if (next === undefined) return;
      thread.run(next);
    }
  }
}

const firstOfAll: TaskTurn = { lane: 0, owner: 0 };
const stoppedError = () => new TaskFailed("the task pool has stopped");
