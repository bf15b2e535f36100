// The log in SQLite: the contract that every log holds to, with pages from memory and without.

import { afterAll } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSqliteLog } from "../../src/log-sqlite/mod.ts";
import { roomLogContract } from "../room-log-contract.ts";
import { sqliteOptions } from "./sqlite-options.ts";

const root = mkdtempSync(join(tmpdir(), "maru-log-"));
afterAll(() => rmSync(root, { recursive: true }));
const fresh = () => mkdtempSync(join(root, "data-"));

roomLogContract(
  "the log in SQLite",
  ({ bytesMax }, deliver) =>
    createSqliteLog<number>(sqliteOptions(fresh(), { keepBytes: bytesMax }))(deliver),
  "each room",
);

const noWindow = { recentEntries: 0, recentRoomBytes: 0, recentBytes: 0 };

roomLogContract(
  "the log in SQLite without a window in memory",
  ({ bytesMax }, deliver) =>
    createSqliteLog<number>(
      sqliteOptions(fresh(), { keepBytes: bytesMax, ...noWindow, durability: "fsync" }),
    )(deliver),
  "each room",
);
