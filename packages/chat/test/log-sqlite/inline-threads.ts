// The log's other threads on this one: for tests of the log that aren't about threads.

import { LogTaskRunner, type LogTaskThreads } from "../../src/log-sqlite/log-tasks.ts";

export function inlineThreads(directory: string): (identity: string) => LogTaskThreads {
  return (identity) => {
    const runner = new LogTaskRunner({ directory, identity });
    const run = async (task: Parameters<LogTaskRunner["run"]>[0]) => {
      await null;
      return runner.run(task);
    };
    return { read: run, keep: run, readThrough: run, stop: async () => runner.close() };
  };
}
