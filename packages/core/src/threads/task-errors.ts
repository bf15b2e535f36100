// Why a task has no answer. Both are expected: the caller of the pool turns them into a reply.

/** As many tasks wait as may; nothing was begun, and the same task may be tried again later. */
export class TaskBusy extends Error {
  override readonly name = "TaskBusy";

  constructor() {
    super("too many tasks wait");
  }
}

/** The task threw, its thread died, or the pool stopped; it may have been done in part. */
export class TaskFailed extends Error {
  override readonly name = "TaskFailed";
}
