// What a process and all cores together have used, as Linux counts it in /proc. Reads only.

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

/** In ticks since the machine started. */
export interface CoreTicks {
  readonly all: number;
  readonly idle: number;
  /** In which another guest of the same host had the core. */
  readonly stolen: number;
}

export function readCoreTicks(): CoreTicks {
  return parseCoreTicks(readFileSync("/proc/stat", "utf8"));
}

export function parseCoreTicks(stat: string): CoreTicks {
  // user nice system idle iowait irq softirq steal; what follows is in user already.
  const ticks = (stat.split("\n")[0] ?? "").split(/\s+/).slice(1, 9).map(Number);
  const all = ticks.reduce((sum, each) => sum + each, 0);
  return { all, idle: (ticks[3] ?? 0) + (ticks[4] ?? 0), stolen: ticks[7] ?? 0 };
}

/** Of all cores between the two readings; 1 = nothing was done, or nothing was read. */
export function idleShare(before: CoreTicks, after: CoreTicks): number {
  const all = after.all - before.all;
  return all === 0 ? 1 : (after.idle - before.idle) / all;
}

/** Of all cores between the two readings: what neither server nor generator could have had. */
export function stolenShare(before: CoreTicks, after: CoreTicks): number {
  const all = after.all - before.all;
  return all === 0 ? 0 : (after.stolen - before.stolen) / all;
}

const lookMs = 500;
/** Of one core, in the last look. */
const quietShare = 0.05;
const waitMsMax = 300_000;

/**
 * Waits until a server has done what it does of its own accord: checking, indexing, tidying. Resolves
 * to the seconds that it took; throws when the process is still at work after five minutes.
 */
export async function untilQuiet(pid: number): Promise<number> {
  const beganMs = performance.now();
  let used = cpuSeconds(pid);
  while (performance.now() - beganMs < waitMsMax) {
    await Bun.sleep(lookMs);
    const now = cpuSeconds(pid);
    if ((now - used) * 1000 < lookMs * quietShare) return (performance.now() - beganMs) / 1000;
    used = now;
  }
  throw new Error("the server does not come to rest");
}
