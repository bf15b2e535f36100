// Whether the process that wrote a lock still runs, and is the same one.
// Owns nothing; reads /proc where there is one, else asks with signal 0, which ends no process.

import { readFileSync } from "node:fs";
import { codeOf } from "./disk.ts";

export interface ProcessTable {
  /** Of this process. */
  readonly pid: number;
  /** When the process started, in the system's own units; null when it does not run. */
  startOf(pid: number): string | null;
}

/** The start of a process of which only that it runs is known. */
export const unknownStart = "?";

export const systemProcesses: ProcessTable = {
  pid: process.pid,
  startOf(pid) {
    if (!runs(pid)) return null;
    try {
      return startInStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
    } catch {
      return unknownStart;
    }
  },
};

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another person's process is one, too.
    return codeOf(error) === "EPERM";
  }
}

/** From the text of /proc/PID/stat; null for a process that has ended and was not fetched yet. */
export function startInStat(stat: string): string | null {
  // The name, in parentheses, may hold spaces and parentheses: count from behind it.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (state === "Z" || state === "X") return null;
  // Field 22 of the line; `rest` begins with the fourth.
  return rest[18] ?? unknownStart;
}
