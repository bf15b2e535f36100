// What all cores together have done, as Linux counts it: whether a process could have had more.

import { readFileSync } from "node:fs";

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
