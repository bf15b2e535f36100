// That one client at a time writes to a directory: a file `lock-N` with the pid of who has it.
// The highest N counts, and is never taken away, only followed by N + 1: two who find the same dead
// holder can't both follow it, and no client removes a lock that another has just made.

import { join } from "node:path";
import * as z from "zod";
import { codeOf, type Disk } from "./disk.ts";
import { type ProcessTable, unknownStart } from "./process-table.ts";

export type LockOutcome =
  | { readonly isHeld: true; readonly release: () => void }
  /** `pid` null: another client that was quicker just now. */
  | { readonly isHeld: false; readonly pid: number | null };

const Holder = z.object({ pid: z.int().min(1), start: z.string(), token: z.string() });
const lockName = /^lock-([1-9][0-9]{0,14})$/;
/** Times that another client may be quicker before it is believed to have it. */
const attemptsMax = 3;

export interface LockOptions {
  readonly disk: Disk;
  readonly directory: string;
  readonly processes: ProcessTable;
  /** No other client's, and the same each time that one asks: a try that failed may have succeeded. */
  readonly token: string;
}

/** Throws when the disk does not take a lock; then no client is known to hold it. */
export function acquireLock({ disk, directory, processes, token }: LockOptions): LockOutcome {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const last = Math.max(0, ...numbers(disk, directory));
    const holder = last === 0 ? null : holderOf(disk, pathOf(directory, last));
    if (holder?.token === token) return held(disk, pathOf(directory, last));
    if (holder !== null && isAlive(holder, processes)) return { isHeld: false, pid: holder.pid };
    const mine = pathOf(directory, last + 1);
    const start = processes.startOf(processes.pid) ?? unknownStart;
    if (!disk.createNew(mine, `${JSON.stringify({ pid: processes.pid, start, token })}\n`))
      continue;
    const all = numbers(disk, directory);
    if (all.some((number) => number > last + 1)) {
      // The list was old already when it was read: others have come and gone since.
      disk.remove(mine);
      continue;
    }
    removeFormer(disk, directory, all, last + 1);
    return held(disk, mine);
  }
  return { isHeld: false, pid: null };
}

function held(disk: Disk, path: string): LockOutcome {
  return { isHeld: true, release: () => disk.write(path, "released\n") };
}

function pathOf(directory: string, number: number): string {
  return join(directory, `lock-${number}`);
}

function numbers(disk: Disk, directory: string): number[] {
  return disk.list(directory).flatMap((name) => {
    const digits = lockName.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
}

/** Null when it was released, or says nothing that can be read: no client's. */
function holderOf(disk: Disk, path: string): z.infer<typeof Holder> | null {
  try {
    const parsed = Holder.safeParse(JSON.parse(Buffer.from(disk.read(path)).toString()));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** A pid is given to others in time: the start of the process must agree where it is known. */
function isAlive(holder: z.infer<typeof Holder>, processes: ProcessTable): boolean {
  const start = processes.startOf(holder.pid);
  if (start === null) return false;
  return start === holder.start || start === unknownStart || holder.start === unknownStart;
}

function removeFormer(disk: Disk, directory: string, all: readonly number[], mine: number): void {
  for (const number of all) {
    if (number >= mine) continue;
    try {
      disk.remove(pathOf(directory, number));
    } catch (error) {
      // It does no harm, and the next one tries again.
      if (codeOf(error) === "") throw error;
    }
  }
}
