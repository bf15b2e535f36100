// What all parts of one simulated run share: its plan, time, chance and notes.

import type { SeededRandom, VirtualClock } from "@maru/testkit";
import type { Disk } from "./log/disk.ts";
import type { Plan } from "./plan.ts";
import type { Statistics } from "./statistics.ts";
import type { Trace } from "./trace.ts";

export interface World {
  readonly plan: Plan;
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly trace: Trace;
  readonly statistics: Statistics;
  readonly disk: Disk;
  /** What the server's wall clock is ahead of the clock, milliseconds; jumps. */
  wallMs: number;
  /** What threw where nothing may throw: bugs. */
  readonly bugs: string[];
}
