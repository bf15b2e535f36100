// The worker's side of a task pool: runs one task after the other and posts what came of each.
// Runs once per worker, from the application's task module; never on the main thread.

import { parentPort, workerData } from "node:worker_threads";
import { assert, assertNever } from "../base/assert.ts";
import { causeOf } from "./supervised-worker.ts";
import type { FromTaskThread, TaskBoot, ToTaskThread } from "./task-messages.ts";

export interface TaskRunner<Task, Answer> {
  /**
   * Does one task; the next comes when this one is answered. `signal` aborts when its caller wants no
   * answer any more: a task that takes turns of the loop may then end early, however it likes. What
   * it throws is the caller's TaskFailed. What it leaves behind (a timer, a rejected promise) is the thread's: an error there
   * ends the thread and fails whichever task runs by then.
   */
  run(task: Task, signal: AbortSignal): Answer | Promise<Answer>;
  /** Called once, after the last task: lets go of all that would keep the thread alive. */
  close?(): void;
}

/**
 * Makes this worker a thread of a task pool. The whole program of a task module, called before any
 * await: `runTasks((data, index) => ({ run, close }))`. `data` is the pool's, cloned; `index` is this
 * thread's place, 0 ≤ index < threads, which its successor inherits. A `create` that throws ends the
 * thread, and the pool starts another.
 */
export function runTasks<Task, Answer, Data>(
  create: (data: Data, index: number) => TaskRunner<Task, Answer>,
): void {
  const port = parentPort;
  assert(port !== null, "runTasks is for the workers that startTaskPool starts");
  const say = (message: FromTaskThread) => port.postMessage(message);
  const { data, index } = workerData as TaskBoot;
  const runner = create(data as Data, index);

  /** Of the task that runs, or of the last one. */
  let current = { number: 0, abort: new AbortController() };
  const runOne = async (task: unknown) => {
    try {
      say({ kind: "answered", answer: await runner.run(task as Task, current.abort.signal) });
    } catch (error) {
      say({ kind: "failed", message: causeOf(error) });
    }
  };
  let running = Promise.resolve();
  port.on("message", (message: ToTaskThread) => {
    switch (message.kind) {
      case "task":
        current = { number: message.number, abort: new AbortController() };
        running = runOne(message.task);
        return;
      case "abort":
        if (message.number === current.number) current.abort.abort();
        return;
      case "stop":
        // The worker ends when nothing keeps it: the port is the last thing of ours that does.
        running.then(() => {
          runner.close?.();
          port.close();
        });
        return;
      default:
        return assertNever(message);
    }
  });
  say({ kind: "ready" });
}
