// What a server needs to keep its rooms in SQLite.

export { type Checked, checkData } from "./check-data.ts";
export {
  type LogRunnerData,
  type LogTask,
  type LogTaskOutcome,
  type LogTaskThreads,
  laneOf,
  taskLanes,
} from "./log-tasks.ts";
export { createSqliteLog, type SqliteLogOptions } from "./sqlite-log.ts";
export { StorageError } from "./storage-error.ts";
