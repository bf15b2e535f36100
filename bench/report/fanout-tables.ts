// The kept fan-out results as one table per scenario: the newest run that has figures of it, whole.
// No row comes from an older run, so that all rows are of one commit and every ratio of one run.

import { type Kept, ofBenchmark } from "../harness/record.ts";
import type { Measurement } from "../load/measurement.ts";
import type { Scenario } from "../load/scenario.ts";
import { type LoadSummary, summariseLoad } from "../load/summary.ts";

/** One scenario in one kept file. */
export interface FanoutTable extends LoadSummary {
  readonly kept: Kept;
}

/** In the order of the newest file, then of those before it. */
export function fanoutTables(kept: readonly Kept[]): FanoutTable[] {
  const tables = new Map<string, FanoutTable>();
  for (const each of ofBenchmark(kept, "fanout")) {
    const groups = Map.groupBy(each.measurements as readonly Measurement[], keyOf);
    for (const [key, here] of groups) {
      const summary = summariseLoad(here);
      const isNew = !tables.has(key) && summary.rows.length > 0;
      if (isNew) tables.set(key, { ...summary, kept: each });
    }
  }
  return [...tables.values()];
}

function keyOf({ scenario }: Measurement): string {
  const { rooms, members, talkers, stalled, textBytes, pace } = scenario;
  return JSON.stringify([rooms, members, talkers, stalled, textBytes, pace]);
}

export const isOpenLoop = ({ pace }: Scenario): boolean => "messagesPerSecond" in pace;

/** Where a room was measured with several loads: the one with most servers, then most in flight. */
export function fullestFirst(one: FanoutTable, other: FanoutTable): number {
  return other.rows.length - one.rows.length || inflightOf(other) - inflightOf(one);
}

export const inflightOf = ({ scenario: { pace } }: FanoutTable): number =>
  "inflight" in pace ? pace.inflight : 0;
