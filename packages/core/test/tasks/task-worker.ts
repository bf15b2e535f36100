// The task module of the pool's tests: tasks that answer, block, throw and take their thread along.

import { runTasks } from "../../src/threads/run-tasks.ts";
import { Gate } from "./gate.ts";

export type TestTask =
  | { readonly kind: "echo"; readonly value: unknown }
  /** Answers with how many tasks its thread has run before. */
  | { readonly kind: "count" }
  /** Answers with the thread's index when the gate opens; blocks the thread until then. */
  | { readonly kind: "hold"; readonly gate: SharedArrayBuffer }
  /** Answers with "late", some turns of the loop later. */
  | { readonly kind: "defer" }
  /** Opens the gate's first half, and ends when its signal aborts. */
  | { readonly kind: "until-aborted"; readonly gate: SharedArrayBuffer }
  /** Answers with whether its signal has aborted, some turns of the loop later. */
  | { readonly kind: "is-aborted" }
  /** Never ends, and takes no turn of the loop. */
  | { readonly kind: "spin" }
  | { readonly kind: "throw" }
  | { readonly kind: "answer-with-function" }
  | { readonly kind: "exit" }
  | { readonly kind: "throw-later" }
  | { readonly kind: "reject-later" };

export interface TestData {
  /** Int32: starts that are still to fail, and calls of `close`. */
  readonly memory: SharedArrayBuffer;
}

const never = new Promise<never>(() => {});

runTasks((data: TestData, index) => {
  const memory = new Int32Array(data.memory);
  if (Atomics.load(memory, 0) > 0) {
    Atomics.sub(memory, 0, 1);
    throw new Error("the thread would not start");
  }
  let count = 0;
  return {
    run(task: TestTask, signal: AbortSignal): unknown {
      count += 1;
      switch (task.kind) {
        case "echo":
          return task.value;
        case "count":
          return count - 1;
        case "hold":
          new Gate(task.gate).hold();
          return index;
        case "defer":
          return new Promise((resolve) => setImmediate(() => setImmediate(resolve, "late")));
        case "until-aborted":
          new Gate(task.gate).begin();
          return new Promise((resolve) => signal.addEventListener("abort", resolve));
        case "is-aborted":
          return new Promise((resolve) =>
            setImmediate(() => setImmediate(() => resolve(signal.aborted))),
          );
        case "spin":
          for (;;);
        case "throw":
          throw new RangeError("the task gave way");
        case "answer-with-function":
          return () => {};
        case "exit":
          return process.exit(3);
        case "throw-later":
          setImmediate(() => {
            throw new Error("the thread gave way");
          });
          return never;
        case "reject-later":
          setImmediate(() => void Promise.reject(new Error("a promise gave way")));
          return never;
      }
    },
    close() {
      Atomics.add(memory, 1, 1);
    },
  };
});
