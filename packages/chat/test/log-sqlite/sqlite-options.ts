// How the tests open a log in SQLite: small windows, and threads on this one.

import { defaultSqliteSettings } from "../../src/log-sqlite/settings.ts";
import type { SqliteLogOptions } from "../../src/log-sqlite/sqlite-log.ts";
import { inlineThreads } from "./inline-threads.ts";

export function sqliteOptions(
  directory: string,
  options: Partial<SqliteLogOptions> = {},
): SqliteLogOptions {
  return {
    directory,
    durability: "os",
    ...defaultSqliteSettings,
    keepMarkerDays: 0,
    recentEntries: 64,
    recentRoomBytes: 65_536,
    recentBytes: 1_000_000,
    walBytes: 1_000_000,
    startThreads: inlineThreads(directory),
    report: () => {},
    onEnded: (why) => {
      throw new Error(`damaged: ${why}`);
    },
    ...options,
  };
}
