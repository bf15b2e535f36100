// A disk in memory that fails, or is killed, at any step that a test names, in the middle of a write
// too. What was written before a kill is there afterwards: a kill takes the process, not the disk.

import { posix } from "node:path";
import type { Disk } from "../../files/disk.ts";

/** The process is gone: nothing of it runs any more. */
export class Killed extends Error {}

export interface Fault {
  readonly kind: "kill" | "ENOSPC" | "EROFS" | "EACCES";
  /** How much of what was to be written is, from 0 to 1. */
  readonly part: number;
}

export class MemoryDisk implements Disk {
  readonly files = new Map<string, { chunks: Buffer[]; size: number }>();
  readonly directories = new Set<string>();
  /** Asked at each step, from 1; readings are steps, too. */
  fault: (step: number, isWrite: boolean, path: string) => Fault | null = () => null;
  steps = 0;
  writes = 0;
  bytesWritten = 0;
  #isKilled = false;

  /** The same disk, for the next process. */
  restart(): void {
    this.#isKilled = false;
    this.fault = () => null;
  }

  text(path: string): string | null {
    const file = this.files.get(path);
    return file === undefined ? null : Buffer.concat(file.chunks).toString();
  }

  put(path: string, text: string | Buffer): void {
    const bytes = Buffer.from(text as string);
    this.directories.add(posix.dirname(path));
    this.files.set(path, { chunks: [bytes], size: bytes.length });
  }

  names(directory: string): string[] {
    const paths = [...this.files.keys()].filter((path) => posix.dirname(path) === directory);
    return paths.map((path) => posix.basename(path)).sort();
  }

  makeDirectory(path: string): void {
    this.#step(true, path, () => this.directories.add(path));
  }

  list(directory: string): string[] {
    this.#step(false, directory, () => {});
    if (!this.directories.has(directory)) throw problem("ENOENT");
    return this.names(directory);
  }

  size(path: string): number | null {
    this.#step(false, path, () => {});
    return this.files.get(path)?.size ?? null;
  }

  isRegular(path: string): boolean | null {
    this.#step(false, path, () => {});
    if (this.directories.has(path)) return false;
    return this.files.has(path) ? true : null;
  }

  read(path: string): Uint8Array {
    this.#step(false, path, () => {});
    return Buffer.concat(this.#file(path).chunks);
  }

  write(path: string, text: string): void {
    this.#step(true, path, (part) => {
      if (!this.directories.has(posix.dirname(path))) throw problem("ENOENT");
      this.put(path, this.#taken(text, part));
    });
  }

  append(path: string, text: string): void {
    this.#step(true, path, (part) => {
      const file = this.#file(path);
      const bytes = this.#taken(text, part);
      file.chunks.push(bytes);
      file.size += bytes.length;
    });
  }

  truncate(path: string, bytes: number): void {
    this.#step(true, path, (part) => {
      if (part < 1) return;
      this.put(path, Buffer.concat(this.#file(path).chunks).subarray(0, bytes));
    });
  }

  rename(from: string, to: string): void {
    this.#step(true, from, (part) => {
      const file = this.#file(from);
      if (part < 1) return;
      this.files.delete(from);
      this.files.set(to, file);
    });
  }

  createNew(path: string, text: string): boolean {
    let isNew = false;
    this.#step(true, path, (part) => {
      isNew = !this.files.has(path);
      if (isNew && part === 1) this.put(path, text);
    });
    return isNew;
  }

  remove(path: string): void {
    this.#step(true, path, (part) => part === 1 && this.files.delete(path));
  }

  #file(path: string): { chunks: Buffer[]; size: number } {
    const file = this.files.get(path);
    if (file === undefined) throw problem("ENOENT");
    return file;
  }

  #taken(text: string, part: number): Buffer {
    const bytes = Buffer.from(text);
    const taken = bytes.subarray(0, Math.floor(bytes.length * part));
    this.bytesWritten += taken.length;
    return taken;
  }

  /** Does it, or a part of it and fails. */
  #step(isWrite: boolean, path: string, run: (part: number) => unknown): void {
    if (this.#isKilled) throw new Killed();
    this.steps += 1;
    if (isWrite) this.writes += 1;
    const fault = this.fault(this.steps, isWrite, path);
    if (fault === null) return void run(1);
    if (isWrite) run(fault.part);
    if (fault.kind !== "kill") throw problem(fault.kind);
    this.#isKilled = true;
    throw new Killed();
  }
}

export function problem(code: string): Error {
  return Object.assign(new Error(`${code}: as the test wants it`), { code });
}
