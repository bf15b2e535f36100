// The file of the full-text index: what is in it, whether it is ours, and how it is made anew.
// All of it is derived from the main database, so whatever is odd is deleted rather than repaired.

import { Database, SQLiteError } from "bun:sqlite";
import { rmSync, statSync } from "node:fs";
import { prefixCharsMin } from "../../search/query.ts";
import { wordsVersion } from "../../search/words.ts";

/** To be raised with each change of the tables below. */
const tablesVersion = 2;
const version = tablesVersion * 1000 + wordsVersion;

/** How long an opening or a write waits for another thread's. */
const busyTimeoutMs = 5000;

/**
 * Beginnings of so many characters have an index of their own, which makes the file three quarters
 * larger. One: a syllable of Hangul that stands in every third of a million messages takes 1 ms with
 * it, 250 ms without. Three: the shortest beginning that a search may ask for (prefixCharsMin) is
 * that of the most messages: `dep*` takes 2 ms, 55 ms without. For longer ones FTS5 would gather all
 * words that begin so, 350 ms in a million messages: they are looked for by these, and judged.
 */
export const indexedPrefixes: readonly number[] = [1, prefixCharsMin];

/**
 * `ascii` takes every character beyond ASCII for part of a word: it neither splits nor changes what
 * words.ts has made (unicode61 drops U+3030).
 */
const tables = `
  CREATE TABLE source (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- Which main database this was made from.
    identity TEXT NOT NULL
  ) STRICT;

  -- How far a room is indexed: messages from first to seq are, as all entries up to seq left them.
  CREATE TABLE progress (
    room INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    first INTEGER NOT NULL,
    -- The youngest time of an entry up to seq, and the most by which one is younger than a later one:
    -- 0 where the clock was never set back.
    newest INTEGER NOT NULL,
    skew INTEGER NOT NULL
  ) STRICT;

  -- rowid is the id of the message's entry.
  CREATE VIRTUAL TABLE doc USING fts5(
    words, content='', contentless_delete=1, tokenize='ascii', prefix='${indexedPrefixes.join(" ")}'
  );
`;

/** Opens the index for its one writer; one that isn't of this database and version is made anew. */
export function openIndexFile(path: string, identity: string): Database {
  const kept = openUnlessDamaged(path, identity);
  if (kept !== null) return configure(kept);
  removeIndexFile(path);
  const made = configure(new Database(path, { readwrite: true, create: true, strict: true }));
  made.transaction(() => {
    made.run(tables);
    made.run("INSERT INTO source VALUES (1, ?)", [identity]);
    // An explicit merge joins any two parts of a size, not four as the merges beside writing do.
    made.run("INSERT INTO doc (doc, rank) VALUES ('usermerge', 2)");
    made.run(`PRAGMA user_version = ${version}`);
  })();
  return made;
}

/** Null if there is none of this database and version. Throws if it is damaged. */
export function openIndexForReading(path: string, identity: string): Database | null {
  return openIfOurs(path, identity, { readonly: true });
}

/** Readers that have it open keep what they have; they find out by fileNumber. */
export function removeIndexFile(path: string): void {
  for (const suffix of ["-wal", "-shm", ""]) rmSync(`${path}${suffix}`, { force: true });
}

/** Another file under the same name has another one; null where there is none. */
export function fileNumber(path: string): bigint | null {
  return statSync(path, { throwIfNoEntry: false, bigint: true })?.ino ?? null;
}

/** The file doesn't hold what was written to it. */
export function isDamage(error: unknown): boolean {
  return error instanceof SQLiteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code ?? "");
}

function configure(index: Database): Database {
  index.run("PRAGMA journal_mode = WAL");
  index.run("PRAGMA synchronous = NORMAL");
  index.run("PRAGMA cache_size = -16000");
  return index;
}

function openUnlessDamaged(path: string, identity: string): Database | null {
  try {
    return openIfOurs(path, identity, { readwrite: true, create: true });
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

function openIfOurs(path: string, identity: string, mode: object): Database | null {
  let index: Database | null = null;
  let isOpen = false;
  try {
    index = new Database(path, { ...mode, strict: true });
    index.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    isOpen = isOurs(index, identity);
  } catch (error) {
    if (!isAbsence(error)) throw error;
  } finally {
    if (!isOpen) index?.close();
  }
  return isOpen ? index : null;
}

function isOurs(index: Database, identity: string): boolean {
  const found = index.query<{ user_version: number }, []>("PRAGMA user_version").get();
  if (found?.user_version !== version) return false;
  const source = index.query<{ identity: string }, []>("SELECT identity FROM source").get();
  index.query("SELECT rowid FROM doc WHERE doc MATCH '\"a\"' LIMIT 1").all();
  index.query("SELECT room FROM progress LIMIT 1").all();
  return source?.identity === identity;
}

/** There is no file, or its tables aren't those above; a full disk is something else. */
function isAbsence(error: unknown): boolean {
  return error instanceof SQLiteError && /^SQLITE_(ERROR|CANTOPEN)$/.test(error.code ?? "");
}
