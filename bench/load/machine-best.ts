// What the machine can do at best: the C program's word for memory, system calls and loopback, and
// the disk's for a commit.

import { join } from "node:path";
import { runIn } from "../harness/children.ts";
import { compileC } from "../harness/compile-c.ts";
import { fixed, grouped } from "../harness/numbers.ts";
import { benchDir } from "../harness/places.ts";
import type { Latencies } from "../harness/statistics.ts";
import type { Column } from "../harness/table.ts";
import { floorBytes, measureDiskFloor } from "./disk-floor.ts";

/** As load/machine-c/main.c prints it. */
interface CFigures {
  readonly copyGigabytesPerSecond: number;
  readonly systemCallUs: number;
  /** Of 128 bytes over loopback, but for the last: the reader is absent, awake, asleep. */
  readonly sendUnreadUs: number;
  readonly sendAwakeUs: number;
  readonly sendAsleepUs: number;
  readonly sendUnread16KUs: number;
}

export interface MachineBest extends CFigures {
  /** Of 16 KiB and `fdatasync`. */
  readonly disk: Latencies;
}

export async function measureMachineBest(): Promise<MachineBest> {
  const program = compileC({ name: "machine", dir: join(benchDir, "load/machine-c") });
  const figures = JSON.parse(await runIn(benchDir, [program])) as CFigures;
  return { ...figures, disk: measureDiskFloor() };
}

type BestRow = readonly [what: string, figure: string];

export const bestColumns: readonly Column<BestRow>[] = [
  { title: "one thread, in C", cell: ([what]) => what },
  { title: "at best", cell: ([, figure]) => figure },
];

/** What was measured, and its figure with its unit. */
export function bestRows(best: MachineBest): BestRow[] {
  const us = (value: number): string => `${fixed(value, 2)} µs`;
  const synced = `write ${grouped(floorBytes)} bytes and fdatasync`;
  return [
    ["memory copied", `${fixed(best.copyGigabytesPerSecond, 1)} GB/s`],
    ["a system call that does nothing", us(best.systemCallUs)],
    ["send 128 bytes, nobody waits for them", us(best.sendUnreadUs)],
    ["send 128 bytes, the reader is awake", us(best.sendAwakeUs)],
    ["send 128 bytes, the reader must be woken", us(best.sendAsleepUs)],
    ["send 16 KiB, nobody waits for them", us(best.sendUnread16KUs)],
    [`${synced}, p50`, us(best.disk.p50Ms * 1000)],
    [`${synced}, p99`, us(best.disk.p99Ms * 1000)],
  ];
}
