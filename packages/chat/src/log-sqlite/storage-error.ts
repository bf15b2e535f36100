// What can be wrong with the files, in sentences for its operator.

import { SQLiteError } from "bun:sqlite";
import { DamagedRow } from "./entry-row.ts";

/**
 * What an error of the database means: `damaged` for good, `lost` because its files are not those any
 * more that were opened, `failing` until the disk is better.
 */
export type ErrorKind = "damaged" | "lost" | "failing" | "bug";

/** The data can't be used as it is; the message says what to do. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly kind: ErrorKind;

  constructor(message: string, kind: ErrorKind = "failing") {
    super(message);
    this.kind = kind;
  }
}

export function errorKindOf(error: unknown): ErrorKind {
  if (error instanceof StorageError) return error.kind;
  if (error instanceof DamagedRow) return "damaged";
  if (!(error instanceof SQLiteError)) return "bug";
  const { code = "" } = error;
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return "damaged";
  return /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|NOMEM|PERM)/.test(code) ? "failing" : "bug";
}

/** Whether the connection must be opened anew: after a failed sync what is on the disk is unknown. */
export function isSuspect(error: unknown): boolean {
  return error instanceof SQLiteError && /^SQLITE_(IOERR|CANTOPEN|NOMEM)/.test(error.code ?? "");
}

export function codeOf(error: unknown): string {
  if (error instanceof SQLiteError) return error.code ?? "SQLITE_ERROR";
  return error instanceof Error ? error.name : String(error);
}
