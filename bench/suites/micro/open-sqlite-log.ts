// A log in SQLite for the hub alone, with the server's default bounds and threads of its own.
// Owns the directory: the caller closes the log, then removes it.

import { pathToFileURL } from "node:url";
import type { CreateRoomLog, LogTag } from "@maru/chat";
import {
  createSqliteLog,
  type LogRunnerData,
  type LogTask,
  type LogTaskOutcome,
  type LogTaskThreads,
  laneOf,
  taskLanes,
} from "@maru/chat/log-sqlite";
import { defaultSqliteSettings } from "@maru/chat/log-sqlite/settings";
import { startTaskPool } from "@maru/core";
import { createScratchDir, logThreadEntry } from "../../harness/places.ts";

/** Without `upkeep` nothing is indexed, and the write-ahead log only grows. */
export function openSqliteLog(
  durability: "fsync" | "os",
  upkeep: boolean,
): {
  readonly create: CreateRoomLog<LogTag>;
  remove(): void;
} {
  const { path, remove } = createScratchDir();
  const fail = (why: string): never => {
    throw new Error(`the log failed: ${why}`);
  };
  const create = createSqliteLog<LogTag>({
    directory: path,
    durability,
    ...defaultSqliteSettings,
    keepMarkerDays: 0,
    walBytes: 134_217_728,
    startThreads: (identity) => startThreads(path, identity, upkeep),
    report: (level, event, fields) => {
      if (level === "error") fail(`${event} ${JSON.stringify(fields)}`);
    },
    onEnded: fail,
  });
  return { create, remove };
}

/** One that reads and one that keeps the files, as in the server. */
function startThreads(directory: string, identity: string, upkeep: boolean): LogTaskThreads {
  const pool = (name: string) =>
    startTaskPool<LogTask, LogTaskOutcome, LogRunnerData>({
      module: pathToFileURL(logThreadEntry),
      name,
      threads: 1,
      queueMax: 4_096,
      lanes: taskLanes,
      data: { directory, identity },
      log: () => {},
    });
  const [reader, keeper] = [pool("reader"), pool("keeper")];
  return {
    read: (task, owner) => reader.run(task, { lane: laneOf(task), owner }),
    keep: (task) => (upkeep ? keeper.run(task) : new Promise(() => {})),
    // The room is new: there is nothing to be read through.
    readThrough: () => new Promise(() => {}),
    stop: async () => void (await Promise.all([reader.stop(), keeper.stop()])),
  };
}
