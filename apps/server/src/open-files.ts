// How many connections the process may hold: Bun spins at the limit of open files, so it is never met.

import { readFileSync } from "node:fs";

/** Open files kept for everything that is no client: logs, databases, threads, those being refused. */
export const reservedFiles = 1_000;
/** Assumed where the limit can't be read. */
const assumedLimit = 4_096;

/** The hard limit of open files: Bun raises its own to it. */
export function openFilesMax(): number {
  try {
    const line = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8"));
    const limit = Number(line?.[1]);
    return Number.isInteger(limit) ? limit : assumedLimit;
  } catch {
    return assumedLimit;
  }
}

/** Null: as many as were asked for can be had. */
export function cappedConnections(wanted: number | "auto", filesMax: number): string | null {
  const had = connectionsFor(wanted, filesMax);
  if (wanted === "auto" || wanted === 0 || wanted <= had) return null;
  return `--max-connections ${wanted} can't be had: the limit of open files (${filesMax}) allows ${had} connections; raise it (ulimit -Hn, LimitNOFILE=) or ask for no more`;
}

/** Connections that `wanted` comes to; 0 and auto mean as many as the files allow. */
export function connectionsFor(wanted: number | "auto", filesMax: number): number {
  const possible = Math.max(16, filesMax - Math.min(reservedFiles, Math.floor(filesMax / 2)));
  return wanted === "auto" || wanted === 0 ? possible : Math.min(wanted, possible);
}
