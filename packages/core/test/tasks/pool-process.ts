// A process that runs a task, has a thread that died, and stops its pool: it then ends by itself or
// never, for nothing here calls exit.

import { startTaskPool } from "../../src/mod.ts";
import type { TestData, TestTask } from "./task-worker.ts";

const pool = startTaskPool<TestTask, unknown, TestData>({
  module: new URL("./task-worker.ts", import.meta.url),
  name: "process",
  threads: 2,
  queueMax: 4,
  data: { memory: new SharedArrayBuffer(8) },
});
const answer = await pool.run({ kind: "echo", value: "done" }, { timeoutMs: 3_600_000 });
await pool.run({ kind: "exit" }).catch(() => {});
await pool.stop();
process.stdout.write(`${answer}\n`);
