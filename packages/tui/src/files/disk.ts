// The few things that the store needs of a file system, each whole or thrown, and the real one.
// Owns the modes (directories 0700, files 0600); decides nothing. Tests hand in one that fails.

import * as fs from "node:fs";

/** Everything is synchronous. Failures throw what the system throws: an Error with a `code`. */
export interface Disk {
  /** With its parents; that it is there already is fine. */
  makeDirectory(path: string): void;
  list(directory: string): string[];
  /** Bytes of the file; null when there is none. */
  size(path: string): number | null;
  /** false: a directory, a device, a pipe; null when there is nothing. */
  isRegular(path: string): boolean | null;
  read(path: string): Uint8Array;
  /** The whole file anew. A kill in the middle leaves a part of it. */
  write(path: string, text: string): void;
  /** To a file that is there. A kill or a full disk in the middle leaves a part of it. */
  append(path: string, text: string): void;
  truncate(path: string, bytes: number): void;
  /** At once, whatever stood at `to`. */
  rename(from: string, to: string): void;
  /** A new file with its text, at once; false when there is one already. */
  createNew(path: string, text: string): boolean;
  /** That it is gone already is fine. */
  remove(path: string): void;
}

const directoryMode = 0o700;
const fileMode = 0o600;

export const realDisk: Disk = {
  makeDirectory(path) {
    fs.mkdirSync(path, { recursive: true, mode: directoryMode });
  },
  list: (directory) => fs.readdirSync(directory),
  size: (path) => fs.statSync(path, { throwIfNoEntry: false })?.size ?? null,
  isRegular: (path) => fs.statSync(path, { throwIfNoEntry: false })?.isFile() ?? null,
  read: (path) => fs.readFileSync(path),
  write: (path, text) => writeWhole(path, "w", text),
  append(path, text) {
    const { O_WRONLY, O_APPEND } = fs.constants;
    writeWhole(path, O_WRONLY | O_APPEND, text);
  },
  truncate: (path, bytes) => fs.truncateSync(path, bytes),
  rename: (from, to) => fs.renameSync(from, to),
  createNew,
  remove: (path) => fs.rmSync(path, { force: true }),
};

function writeWhole(path: string, flags: string | number, text: string): void {
  const bytes = Buffer.from(text);
  const file = fs.openSync(path, flags, fileMode);
  try {
    // A nearly full disk takes a part, and says so only when it is asked for the rest.
    for (let at = 0; at < bytes.length; ) at += fs.writeSync(file, bytes, at);
  } finally {
    fs.closeSync(file);
  }
}

/** Codes of file systems without hard links. */
const linkless = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** It is seen only once all of it is there: written elsewhere, then linked to its name. */
function createNew(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`;
  try {
    writeWhole(draft, "w", text);
    fs.linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (!linkless.has(codeOf(error))) throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
  try {
    writeWhole(path, "wx", text);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** The system's code of a failure; empty for any other error. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}
