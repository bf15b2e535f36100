// What each of the log's other threads runs, as in the server.

import {
  type LogRunnerData,
  type LogTask,
  type LogTaskOutcome,
  LogTaskRunner,
} from "@maru/chat/log-sqlite";
import { runTasks } from "@maru/core";

runTasks<LogTask, LogTaskOutcome, LogRunnerData>((data) => new LogTaskRunner(data));
