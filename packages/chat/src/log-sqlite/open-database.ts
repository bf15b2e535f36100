// From a directory to a database that may be written: right file, whole, of this schema.
// What can't be used is refused with a sentence; nothing is half-read.

import { Database } from "bun:sqlite";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { uptime } from "node:os";
import type { Durability } from "@maru/protocol/chat";
import { applicationId, migrations } from "./schema.ts";
import { codeOf, errorKindOf, StorageError } from "./storage-error.ts";

export interface OpenedDatabase {
  readonly db: Database;
  /** Secret and generation: what epochs are made from, and what the search index belongs to. */
  readonly identity: string;
}

/**
 * The structure of a database up to this size is looked through before anything else is done with
 * it, in some twenty milliseconds; bytes. Everything, of any size, is read once the server runs.
 */
export const checkedAtOpenBytes = 16 * 1024 * 1024;
/** Pages kept in memory by the writer, KiB. */
const cacheKiB = 32_768;
const linuxBootId = "/proc/sys/kernel/random/boot_id";
/** Where there is no such id, the time of the boot stands for one; clocks are set by seconds. */
const clockSlackMs = 60_000;

export function openDatabase(path: string, durability: Durability): OpenedDatabase {
  const isNew = !existsSync(path) || statSync(path).size === 0;
  try {
    if (isNew) refuseOrphans(path);
    if (!isNew) judge(path);
    const db = new Database(path, { create: true, strict: true });
    try {
      prepare(db);
      if (isNew) db.run(`PRAGMA application_id = ${applicationId}`);
      migrate(db, path);
      const identity = begin(db, durability);
      if (durability === "os") db.run("PRAGMA synchronous = NORMAL");
      return { db, identity };
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(problemWith(path, error), errorKindOf(error));
  }
}

/** Read-only connection to a database that a writer has open. */
export function openReader(path: string): Database {
  const db = new Database(path, { readonly: true, strict: true });
  db.run("PRAGMA busy_timeout = 5000");
  db.run(`PRAGMA cache_size = -${cacheKiB}`);
  return db;
}

/** A second connection that may write: for moving the write-ahead log into the database. */
export function openKeeper(path: string): Database {
  const db = new Database(path, { readwrite: true, create: false, strict: true });
  db.run("PRAGMA busy_timeout = 5000");
  db.run("PRAGMA synchronous = NORMAL");
  db.run("PRAGMA wal_autocheckpoint = 0");
  return db;
}

/** Marks the end: nothing was left unsynced. The write-ahead log goes into the database. */
export function closeDatabase(db: Database): void {
  db.run("PRAGMA synchronous = FULL");
  db.run("UPDATE meta SET boot = ''");
  db.run("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}

/** FULL until the opening is done: that this process was here must outlast a loss of power. */
function prepare(db: Database): void {
  db.run("PRAGMA busy_timeout = 5000");
  db.run("PRAGMA journal_mode = WAL");
  db.run("PRAGMA synchronous = FULL");
  db.run("PRAGMA secure_delete = FAST");
  db.run(`PRAGMA cache_size = -${cacheKiB}`);
  // The keeper moves the write-ahead log into the database: a commit never has to.
  db.run("PRAGMA wal_autocheckpoint = 0");
}

/** SQLite would begin a new database, and delete what the old one's write-ahead log still holds. */
function refuseOrphans(path: string): void {
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (wal === undefined || wal.size === 0) return;
  throw new StorageError(
    `${path} is gone or empty, but ${path}-wal is there: put the database or a backup in its place, or move both away to begin anew`,
    "damaged",
  );
}

/** On a connection of its own: what it reads is not to stay in the writer's memory. */
function judge(path: string): void {
  const db = new Database(path, { readonly: true });
  try {
    if (pragma(db, "application_id") !== applicationId) {
      throw new StorageError(`${path} is a database, but not Maru's; give another --data`);
    }
    const isSmall = statSync(path).size <= checkedAtOpenBytes;
    const problem = isSmall ? findDamage(db) : null;
    if (problem !== null) throw new StorageError(damageSentence(path, problem), "damaged");
  } finally {
    db.close();
  }
}

/** What is wrong with the structure of a database, or null. Reads all of it. */
export function findDamage(db: Database): string | null {
  const rows = db.query("PRAGMA quick_check(1)").all() as { quick_check: string }[];
  const [first] = rows;
  return first === undefined || first.quick_check === "ok" ? null : first.quick_check;
}

export function damageSentence(path: string, problem: string): string {
  return `${path} is damaged (${problem.replaceAll("\n", " ")}): it is not used, so that nothing gets worse; put a backup in its place, or move it away to begin anew`;
}

/** Brings a database up to the last of `steps`, each in a transaction of its own. */
export function migrate(db: Database, path: string, steps: readonly string[] = migrations): void {
  const version = pragma(db, "user_version");
  if (version > steps.length) {
    throw new StorageError(
      `${path} was written by a later version of Maru (schema ${version}, this one knows ${steps.length}); run that version`,
    );
  }
  for (const [index, migration] of steps.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.run(migration);
      db.run(`PRAGMA user_version = ${index + 1}`);
    }).immediate();
  }
}

interface Meta {
  readonly secret: string;
  readonly generation: number;
  readonly boot: string;
}

/**
 * Notes that the log is open, and how it was left. What durability `os` acknowledged is lost with
 * the power: seqs could be given twice, so all epochs become others.
 */
function begin(db: Database, durability: Durability): string {
  const now = `${durability} ${bootId()}`;
  const known = db.query<Meta, []>("SELECT secret, generation, boot FROM meta").get();
  if (known === null) {
    const secret = randomBytes(16).toString("base64url");
    db.query("INSERT INTO meta (id, secret, generation, boot) VALUES (1, ?, 1, ?)").run(
      secret,
      now,
    );
    return `${secret}.1`;
  }
  const isTailUnsure = known.boot.startsWith("os ") && known.boot !== `os ${bootId()}`;
  const generation = known.generation + (isTailUnsure ? 1 : 0);
  db.query("UPDATE meta SET generation = ?, boot = ?").run(generation, now);
  return `${known.secret}.${generation}`;
}

function pragma(db: Database, name: string): number {
  const row = db.query(`PRAGMA ${name}`).get() as Record<string, number>;
  return row[name] ?? 0;
}

function problemWith(path: string, error: unknown): string {
  if (errorKindOf(error) === "damaged") {
    return damageSentence(path, error instanceof Error ? error.message : codeOf(error));
  }
  const why = error instanceof Error ? error.message : String(error);
  return `can't open ${path}: ${why}`;
}

/** Which start of this machine it is: a log that was left open in another one may have lost its tail. */
function bootId(): string {
  try {
    return readFileSync(linuxBootId, "utf8").trim();
  } catch {
    return String(Math.round((Date.now() - uptime() * 1000) / clockSlackMs));
  }
}
