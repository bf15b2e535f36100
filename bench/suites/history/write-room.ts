// Writes the room through the product's own log, in large batches and without a server: what stands
// on the disk afterwards is what a server would have written, and only the index is missing.

import { createSqliteLog, type LogTaskThreads } from "@maru/chat/log-sqlite";
import { defaultSqliteSettings } from "@maru/chat/log-sqlite/settings";
import { LogTaskRunner } from "@maru/chat/log-sqlite/tasks";
import { foldName } from "@maru/protocol/chat";
import { roomName, saidAt, saidOf } from "./said.ts";

/** Entries of one transaction. */
const batchEntries = 1_000;
const mebibyte = 1_048_576;

/** Throws when the log refuses an entry. `onProgress` hears of entries, now and then. */
export async function writeRoom(
  directory: string,
  entries: number,
  onProgress: (written: number) => void,
): Promise<void> {
  let appended = 0;
  const log = createSqliteLog<null>({
    directory,
    durability: "os",
    ...defaultSqliteSettings,
    recentEntries: 1,
    recentRoomBytes: mebibyte,
    recentBytes: mebibyte,
    keepMarkerDays: 0,
    walBytes: 64 * mebibyte,
    startThreads: (identity) => threadsOf(directory, identity),
    report: (_, event, fields) => fail(`${event} ${JSON.stringify(fields)}`),
    onEnded: fail,
  })((result) => {
    if (result.kind !== "appended") fail(`an entry was ${result.kind}`);
    else appended += 1;
  });
  for (let seq = 1; seq <= entries; seq++) {
    log.submit(appendOf(seq));
    if (seq % batchEntries !== 0 && seq !== entries) continue;
    log.commit();
    onProgress(seq);
    await new Promise(setImmediate); // the log's upkeep has its turn
  }
  await log.close();
  if (appended !== entries) fail(`${appended} of ${entries} entries were written`);
}

function appendOf(seq: number) {
  const { from, text } = saidOf(seq);
  return {
    kind: "append",
    room: foldName(roomName),
    account: foldName(from),
    cid: undefined,
    draft: { type: "message", room: roomName, at: saidAt(seq), from, text },
    tag: null,
  } as const;
}

/** The write-ahead log is moved on this thread; the index is left to a server, so never answered. */
function threadsOf(directory: string, identity: string): LogTaskThreads {
  const runner = new LogTaskRunner({ directory, identity });
  const run: LogTaskThreads["keep"] = (task) =>
    task.kind === "index" || task.kind === "verify"
      ? new Promise(() => {})
      : Promise.resolve(runner.run(task));
  return { read: run, keep: run, readThrough: run, stop: async () => runner.close() };
}

function fail(why: string): never {
  throw new Error(`the room can't be written: ${why}`);
}
