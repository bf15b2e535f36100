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
const keep = (bytesMax: number) => ({ keepMs: 0, keepEntries: 0, keepBytes: bytesMax });

roomLogContract(
  "the log in SQLite",
  ({ bytesMax }, deliver) =>
    createSqliteLog<number>(sqliteOptions(fresh(), { retention: keep(bytesMax) }))(deliver),
  "each room",
);

const noWindow = { entriesMax: 0, roomBytesMax: 0, bytesMax: 0 };

roomLogContract(
  "the log in SQLite without a window in memory",
  ({ bytesMax }, deliver) =>
    createSqliteLog<number>(
      sqliteOptions(fresh(), { retention: keep(bytesMax), recent: noWindow, durability: "fsync" }),
    )(deliver),
  "each room",
);
