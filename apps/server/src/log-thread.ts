// What each of the room log's other threads runs.

import {
  type LogRunnerData,
  type LogTask,
  type LogTaskOutcome,
  LogTaskRunner,
} from "@maru/chat/log-sqlite/tasks";
import { runTasks } from "@maru/core/tasks";

runTasks<LogTask, LogTaskOutcome, LogRunnerData>((data) => new LogTaskRunner(data));
