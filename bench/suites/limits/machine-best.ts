// What the machine can do at best: the C program's word for memory, system calls and loopback, and
// the disk's for a commit.

import { join } from "node:path";
import { compileC } from "../../harness/compile-c.ts";
import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import type { Latencies } from "../../harness/latencies.ts";
import { benchDir } from "../../harness/places.ts";
import { runIn } from "../../harness/run-in.ts";
import { floorBytes, measureDiskFloor } from "../micro/disk-floor.ts";

/** As limits/c/main.c prints it. */
interface CFigures {
  readonly copyGigabytesPerSecond: number;
  readonly systemCallUs: number;
  /** Of 128 bytes over loopback, but for the last: nobody waits, somebody asks, somebody sleeps. */
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
  const program = compileC({ name: "machine", dir: join(benchDir, "suites/limits/c") });
  const figures = JSON.parse(await runIn(benchDir, [program])) as CFigures;
  return { ...figures, disk: measureDiskFloor() };
}

export function bestTable(best: MachineBest): string {
  return formatTable([["the machine at best, one thread", ""], ...bestRows(best)]);
}

/** What was measured, and its figure with its unit. */
export function bestRows(best: MachineBest): [what: string, figure: string][] {
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
