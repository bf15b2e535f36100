// Which room log a configuration asks for, with the threads that it needs.

import { randomBytes } from "node:crypto";
import type { CreateRoomLog, LogTag } from "@maru/chat";
import { createMemoryLog } from "@maru/chat/log-memory";
import { memoryLogSettings } from "@maru/chat/log-memory/settings";
import {
  createSqliteLog,
  type LogRunnerData,
  type LogTask,
  type LogTaskOutcome,
  type LogTaskThreads,
  laneOf,
  taskLanes,
} from "@maru/chat/log-sqlite";
import { sqliteSettings } from "@maru/chat/log-sqlite/settings";
import { type Log, startTaskPool } from "@maru/core";
import { pickSettings } from "@maru/settings";
import type { ServerConfig } from "./config/server-config.ts";

/** Bytes of the secret from which a log without a file takes its epoch. */
const epochBytes = 9;

/** What the metrics show of the log. */
export interface LogFigures {
  /** Tasks that it has given to its threads since the start, by kind. */
  readonly tasks: Map<LogTask["kind"], number>;
  /** Rooms in the database, and how many it can have; null without one. */
  rooms: { readonly rooms: number; readonly max: number } | null;
}

export function createLogFigures(): LogFigures {
  return { tasks: new Map(), rooms: null };
}

/**
 * `onEnded`: the data can't be used any more; the operator must look at it.
 * `figures` is written for as long as the log is open.
 */
export function createRoomLog(
  config: ServerConfig,
  log: Log,
  onEnded: (sentence: string, kind: "damaged" | "lost") => void,
  figures: LogFigures,
): CreateRoomLog<LogTag> {
  if (config.durability === "memory") {
    const epoch = randomBytes(epochBytes).toString("base64url");
    return createMemoryLog({ ...pickSettings(memoryLogSettings, config), epoch });
  }
  return createSqliteLog({
    ...pickSettings(sqliteSettings, config),
    directory: config.data,
    durability: config.durability,
    onRooms: (used) => {
      figures.rooms = used;
    },
    startThreads: (identity) => startThreads(config, identity, log, figures),
    report: log,
    onEnded,
  });
}

/** One thread keeps the files; the others read, and never wait for it. */
function startThreads(
  config: ServerConfig,
  identity: string,
  log: Log,
  figures: LogFigures,
): LogTaskThreads {
  const module = new URL("./log-thread.ts", import.meta.url);
  const data: LogRunnerData = { directory: config.data, identity };
  const pool = (name: string, threads: number, queueMax: number, shared = {}) =>
    startTaskPool<LogTask, LogTaskOutcome, LogRunnerData>({
      module,
      name,
      threads,
      queueMax,
      ...shared,
      data,
      log,
    });
  const shared = { lanes: taskLanes, ownerMax: config.inflight };
  const readers = pool("log-reader", config.readThreads, config.readQueue, shared);
  // The log itself asks for one thing of each kind at a time.
  const keeper = pool("log-keeper", 1, 16);
  const checker = pool("log-checker", 1, 1);
  const counted = (task: LogTask): LogTask => {
    figures.tasks.set(task.kind, (figures.tasks.get(task.kind) ?? 0) + 1);
    return task;
  };
  return {
    read: (task, owner) => readers.run(counted(task), { lane: laneOf(task), owner }),
    keep: (task) => keeper.run(counted(task)),
    readThrough: async (task) => {
      try {
        return await checker.run(counted(task));
      } finally {
        await checker.stop();
      }
    },
    stop: async () => void (await Promise.all([readers.stop(), keeper.stop(), checker.stop()])),
  };
}
