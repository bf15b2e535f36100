// Threads for work that would stall an event loop, and the bounded queue before them, which
// task-queue.ts keeps in order; what a task is, only the application knows.
//
// Invariant: waiting ≤ queueMax, and while a task waits, no thread is idle.

import { assert } from "../base/assert.ts";
import { type Log, silentLog } from "../base/log.ts";
import { PendingTask } from "./pending-task.ts";
import { TaskBusy, TaskFailed } from "./task-errors.ts";
import { TaskQueue, type TaskTurn } from "./task-queue.ts";
import { TaskThread } from "./task-thread.ts";

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
  /** Told of threads that die and of their successors; nothing is, unless given. */
  readonly log?: Log;
  /** What running tasks and `close` may take at the stop before their threads are killed. */
  readonly stopMs?: number;
}

export interface TaskOptions extends Partial<TaskTurn> {
  /**
   * Rejects the promise with its reason when it aborts. A task that waits is then not begun; one that
   * runs is told by the signal that `TaskRunner.run` gets, and its thread is free when it ends. One that
   * never takes a turn of the loop hears of nothing: that is what `timeoutMs` is for.
   */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds from its beginning on a thread, more than 0; as long as it needs, unless given. Longer
   * ones are rejected with TaskFailed `timed_out`, and their thread is ended and replaced: what it
   * held is not closed by its own hand.
   */
  readonly timeoutMs?: number;
}

export interface TaskPool<Task, Answer> {
  /**
   * Resolves when every thread runs. Rejects with TaskFailed when one of them died before that, and
   * when the pool was stopped; the threads are tried again nevertheless. Tasks need not wait for it.
   */
  readonly ready: Promise<void>;
  /**
   * The answer to `task`, cloned. Tasks are begun lane by lane, in a lane the owners in turn, of one
   * owner in the order of the calls, and answered as they get done; unless given, lane and owner are 0.
   * Rejects with TaskBusy where too many wait: at once, or later when a task of an owner who has less
   * waiting, or of a lower lane, needs the place. Rejects with TaskFailed, by its
   * code, when the task threw, took too long, its thread died (it isn't tried again), or the pool
   * stopped; with the signal's reason when that aborted. `task` is cloned when a thread takes it:
   * until the promise settles it must not change.
   */
  run(task: Task, options?: TaskOptions): Promise<Answer>;
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
    const { module, name, threads, queueMax, data, stopMs = stopMsDefault } = options;
    const { log = silentLog } = options;
    assert(Number.isSafeInteger(threads) && threads >= 1, "a task pool has at least one thread");
    const { ownerMax = queueMax, lanes = 1 } = options;
    this.#queue = new TaskQueue({ queueMax, ownerMax, lanes });
    this.#threads = Array.from({ length: threads }, (_, index) => {
      const boot = { index, data };
      const onIdle = () => this.#runNext();
      return new TaskThread({ module, pool: name, boot, stopMs, log, onIdle });
    });
  }

  get ready(): Promise<void> {
    return Promise.all(this.#threads.map(({ started }) => started)).then(() => {});
  }

  get counts() {
    const running = this.#threads.filter(({ phase }) => phase === "running").length;
    return { waiting: this.#queue.length, running };
  }

  run(task: unknown, options: TaskOptions = {}): Promise<unknown> {
    const { lane = 0, owner = 0, signal, timeoutMs } = options;
    assert(timeoutMs === undefined || timeoutMs > 0, "a task's time is more than 0 ms");
    if (this.#stopped !== null) return Promise.reject(new TaskFailed(...stopped));
    if (signal?.aborted) return Promise.reject(signal.reason);
    const turn = { lane, owner };
    const onAbort = (aborted: PendingTask) => this.#aborted(aborted, turn);
    const pending = new PendingTask({ task, timeoutMs, signal, onAbort });
    this.#queue.push(pending, turn)?.reject(new TaskBusy());
    this.#runNext();
    return pending.promise;
  }

  #aborted(pending: PendingTask, turn: TaskTurn): void {
    if (this.#queue.remove(pending, turn)) return;
    for (const thread of this.#threads) thread.abort(pending);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    for (const pending of this.#queue.takeAll()) pending.fail(...stopped);
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

const stopped = ["stopped", "the task pool has stopped"] as const;
