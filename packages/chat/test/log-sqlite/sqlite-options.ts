// How the tests open a log in SQLite: small windows, and threads on this one.

import type { SqliteLogOptions } from "../../src/log-sqlite/sqlite-log.ts";
import { inlineThreads } from "./inline-threads.ts";

export function sqliteOptions(
  directory: string,
  options: Partial<SqliteLogOptions> = {},
): SqliteLogOptions {
  return {
    directory,
    durability: "os",
    recent: { entriesMax: 64, roomBytesMax: 65_536, bytesMax: 1_000_000 },
    retention: { keepMs: 0, keepEntries: 0, keepBytes: 0 },
    markers: { markersMax: 1_000, keepMs: 0 },
    walBytesMax: 1_000_000,
    startThreads: inlineThreads(directory),
    report: () => {},
    onEnded: (why) => {
      throw new Error(`damaged: ${why}`);
    },
    ...options,
  };
}
