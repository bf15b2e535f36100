// What a process has used, as Linux counts it in /proc. Reads only; all threads are included.

import { readdirSync, readFileSync } from "node:fs";

/** USER_HZ: fixed at 100 for what Linux shows to programs, so a reading is good to 10 ms. */
const ticksPerSecond = 100;

/** CPU seconds of the process, user and system, since it started. */
export function cpuSeconds(pid: number): number {
  return secondsIn(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

/**
 * CPU seconds of each of its threads since they started, by the thread's id: to the nanosecond, from
 * the scheduler. A thread that ends while this reads is left out.
 */
export function threadCpuSeconds(pid: number): ReadonlyMap<string, number> {
  const tasks = `/proc/${pid}/task`;
  const threads = readdirSync(tasks).flatMap((id): [string, number][] => {
    try {
      const [ns] = readFileSync(`${tasks}/${id}/schedstat`, "utf8").split(" ");
      return [[id, Number(ns) / 1e9]];
    } catch (error) {
      if (hasEnded(error)) return [];
      throw error;
    }
  });
  return new Map(threads);
}

function hasEnded(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "ENOENT" || code === "ESRCH";
}

function secondsIn(stat: string): number {
  // The name in parentheses may hold spaces; utime and stime are the 12th and 13th after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export interface MemoryUsage {
  /** Resident, in bytes: what the kernel keeps for sockets is not in it. */
  readonly residentBytes: number;
  /** The most that was ever resident. */
  readonly residentBytesMax: number;
}

export function memoryUsage(pid: number): MemoryUsage {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const bytesOf = (field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? Number.NaN) * 1024;
  return { residentBytes: bytesOf("VmRSS"), residentBytesMax: bytesOf("VmHWM") };
}
