// What the machine can do at best: the C program's word for memory, system calls and loopback, and
// what the disk alone takes for a tick. No log can commit faster than that.

import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { runIn } from "../harness/children.ts";
import { compileC } from "../harness/compile-c.ts";
import { fixed, grouped } from "../harness/numbers.ts";
import { benchDir, createScratchDir } from "../harness/places.ts";
import { type Latencies, latenciesOf } from "../harness/statistics.ts";
import { type Column, column } from "../harness/table.ts";

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
  column("one thread, in C", ([what]) => what),
  column("at best", ([, figure]) => figure),
];

/** What was measured, and its figure with its unit. */
export function bestRows(best: MachineBest): BestRow[] {
  const us = (value: number): string => `${fixed(value, 2)} µs`;
  const synced = `write ${grouped(floorBytes)} bytes and fdatasync`;
  return [
    ["memory copied", `${fixed(best.copyGigabytesPerSecond, 1)} GB/s`],
    ["a system call that does nothing", us(best.systemCallUs)],
    ["send 128 bytes, not waited for", us(best.sendUnreadUs)],
    ["send 128 bytes, the reader is awake", us(best.sendAwakeUs)],
    ["send 128 bytes, the reader must be woken", us(best.sendAsleepUs)],
    ["send 16 KiB, not waited for", us(best.sendUnread16KUs)],
    [`${synced}, p50`, us(best.disk.p50Ms * 1000)],
    [`${synced}, p99`, us(best.disk.p99Ms * 1000)],
  ];
}

const writes = 500;
/** About what a tick of 64 short messages is in the write-ahead log. */
export const floorBytes = 16_384;

/** Over and over the same place, as in a write-ahead log that has its size. */
export function measureDiskFloor(): Latencies {
  const directory = createScratchDir();
  const file = openSync(join(directory.path, "floor"), "w");
  const bytes = Buffer.alloc(floorBytes, 1);
  const timings = Array.from({ length: writes }, () => {
    const beganMs = performance.now();
    writeSync(file, bytes, 0, bytes.length, 0);
    fdatasyncSync(file);
    return performance.now() - beganMs;
  });
  closeSync(file);
  directory.remove();
  return latenciesOf(timings);
}
