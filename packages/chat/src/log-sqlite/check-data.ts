// Looks through a data directory without changing anything in it, a server running on it or not.

import type { Database } from "bun:sqlite";
import { existsSync } from "node:fs";
import { dataFiles } from "./data-directory.ts";
import { verify } from "./log-tasks.ts";
import { openReader } from "./open-database.ts";
import { applicationId, migrations } from "./schema.ts";
import { errorKindOf } from "./storage-error.ts";

export type Checked =
  | {
      readonly ok: true;
      readonly path: string;
      readonly schema: number;
      readonly rooms: number;
      readonly entries: number;
    }
  | { readonly ok: false; readonly path: string; readonly problem: string };

/** Reads every page and every entry; of a million entries, for about two seconds. */
export function checkData(directory: string): Checked {
  const path = dataFiles(directory).main;
  if (!existsSync(path)) return { ok: false, path, problem: "there is no such file" };
  let db: Database | null = null;
  try {
    db = openReader(path);
    const found = numberOf(db, "PRAGMA application_id");
    if (found !== applicationId)
      return { ok: false, path, problem: "it is not a database of Maru" };
    const schema = numberOf(db, "PRAGMA user_version");
    if (schema > migrations.length) {
      return {
        ok: false,
        path,
        problem: `a later version of Maru has written it (schema ${schema})`,
      };
    }
    const problem = verify(db);
    if (problem !== null) return { ok: false, path, problem: `it is damaged: ${problem}` };
    const rooms = numberOf(db, "SELECT count(*) FROM room");
    const entries = numberOf(db, "SELECT count(*) FROM entry");
    return { ok: true, path, schema, rooms, entries };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isDamaged = errorKindOf(error) === "damaged";
    return { ok: false, path, problem: isDamaged ? `it is damaged: ${why}` : why };
  } finally {
    db?.close();
  }
}

function numberOf(db: Database, sql: string): number {
  const [row] = db.query(sql).values() as [[number]];
  return row[0];
}
