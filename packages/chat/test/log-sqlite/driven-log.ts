// A log in SQLite that a test drives request by request, and opens again as often as it likes.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saidOf } from "../../src/entry/entry-bytes.ts";
import { createSqliteLog, type SqliteLogOptions } from "../../src/log-sqlite/mod.ts";
import type { Draft, LogRequest, LogResult, ReadRange, RoomLog } from "../../src/room-log.ts";
import { keyOf } from "../chat-fixture.ts";
import { sqliteOptions } from "./sqlite-options.ts";

export type Result<K extends LogResult["kind"]> = Extract<LogResult<number>, { kind: K }>;

const directories: string[] = [];

/** A directory for a log, until the file's tests are over: each file removes what it has made. */
export function dataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "maru-log-"));
  directories.push(directory);
  return directory;
}

export function removeDirectories(): void {
  for (const directory of directories.splice(0))
    rmSync(directory, { recursive: true, force: true });
}

export class DrivenLog {
  readonly log: RoomLog<number>;
  readonly #results = new Map<number, LogResult<number>>();
  readonly #waiting = new Map<number, (result: LogResult<number>) => void>();
  #lastTag = 0;

  constructor(directory: string, options: Partial<SqliteLogOptions> = {}) {
    this.log = createSqliteLog<number>(sqliteOptions(directory, options))((result) => {
      this.#results.set(result.tag, result);
      this.#waiting.get(result.tag)?.(result);
    });
  }

  /** Submits a request in a tick of its own. */
  async ask<K extends LogResult["kind"] = LogResult["kind"]>(
    request: LogRequest<number>,
  ): Promise<Result<K>> {
    this.#lastTag += 1;
    const tag = this.#lastTag;
    this.log.submit({ ...request, tag });
    this.log.commit();
    const known = this.#results.get(tag);
    if (known !== undefined) return known as Result<K>;
    return (await new Promise<LogResult<number>>((resolve) => {
      this.#waiting.set(tag, resolve);
    })) as Result<K>;
  }

  say(text: string, { room = "lobby", account = "mina", cid = "", at = 1_700_000_000_000 } = {}) {
    const draft: Draft = { type: "message", room, at, from: account, text };
    return this.append(draft, account, cid || undefined);
  }

  append(draft: Draft, account = draft.from, cid?: string): Promise<Result<"appended">> {
    const room = keyOf(draft.room);
    return this.ask({ kind: "append", room, account, cid, draft, tag: 0 });
  }

  open(room = "lobby"): Promise<Result<"opened">> {
    return this.ask({ kind: "open", room: keyOf(room), tag: 0 });
  }

  page(range: ReadRange, { room = "lobby", entriesMax = 100 } = {}): Promise<Result<"page">> {
    const bounds = { entriesMax, bytesMax: 1_000_000, asker: 1 };
    return this.ask({ kind: "read", room: keyOf(room), range, ...bounds, tag: 0 });
  }

  async texts(room = "lobby"): Promise<string[]> {
    return (await this.page({ after: 0 }, { room })).entries.map(saidOf);
  }

  inbox(account: string): Promise<Result<"inbox">> {
    return this.ask({ kind: "inbox", account, after: "", roomsMax: 50, asker: 1, tag: 0 });
  }
}
