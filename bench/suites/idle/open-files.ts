// Whether this machine lets a process hold so many connections. Reads only.

import { readFileSync } from "node:fs";

/** Files that a process needs besides its connections. */
const filesSpare = 200;

/** Throws when the limit on open files is too low. */
export function requireOpenFiles(connections: number): void {
  const filesMax = openFilesMax();
  if (connections + filesSpare <= filesMax) return;
  throw new RangeError(`${connections} connections need a larger ulimit -n than ${filesMax}`);
}

/** The hard limit, which Bun and the C programs raise themselves to. */
function openFilesMax(): number {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1] ?? "0";
  return hard === "unlimited" ? Number.POSITIVE_INFINITY : Number(hard);
}
