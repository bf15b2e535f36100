// Why a task has no answer. All are expected: the caller of the pool turns them into a reply.

/** As many tasks wait as may; nothing was begun, and the same task may be tried again later. */
export class TaskBusy extends Error {
  override readonly name = "TaskBusy";

  constructor() {
    super("too many tasks wait");
  }
}

/**
 * `threw`: the task did, or its answer can't be cloned. `not_cloned`: the task can't be, and was not begun.
 * `timed_out`: it took longer than its `timeoutMs`, and its thread was ended. `thread_lost`: its thread
 * died. `stopped`: the pool has been stopped, and it was not begun.
 */
export type TaskFailedCode = "threw" | "not_cloned" | "timed_out" | "thread_lost" | "stopped";

/** The task may have been done in part, unless its code says that it was not begun. */
export class TaskFailed extends Error {
  override readonly name = "TaskFailed";
  readonly code: TaskFailedCode;
  /** With `thread_lost`: what the thread exited with; null where it threw, which the message tells. */
  readonly exitCode: number | null;

  constructor(code: TaskFailedCode, message: string, exitCode: number | null = null) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
  }
}
