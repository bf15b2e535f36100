// Takes the figures of the capacity calculator from the kept results. Invents none.

import type { BarMeasurement } from "../bar/judge.ts";
import type { HistoryFigures } from "../history/summary.ts";
import type { IdleMeasurement } from "../idle/measure-idle.ts";
import type { Scenario } from "../load/scenario.ts";
import type { Resume } from "../resume/measure-resume.ts";
import { grouped } from "../stage/format-number.ts";
import { median } from "../stage/median.ts";
import type { StartMeasurement } from "../start/summary.ts";
import { isOurs, nameOf } from "./candidates.ts";
import type { CapacityFigures, Sourced } from "./capacity.ts";
import { type FanoutRow, fanoutTables, isOpenLoop } from "./fanout-tables.ts";
import { dateOf, type Kept, ofBenchmark } from "./read-kept.ts";

export function capacityFigures(kept: readonly Kept[]): CapacityFigures {
  const tables = fanoutTables(kept).filter(({ scenario }) => scenario.textBytes === 64);
  const ours = (isOpen: boolean, fits: (scenario: Scenario) => boolean): FanoutRow[] =>
    tables
      .filter(({ scenario }) => isOpenLoop(scenario) === isOpen)
      .filter(({ scenario }) => fits(scenario))
      .flatMap(({ rows }) => rows.filter(({ candidate }) => isOurs(candidate)));
  const [quiet] = ours(true, isCrowd).toSorted((one, other) => other.cpuUs - one.cpuUs);
  const [busy] = ours(false, hasTens).toSorted((one, other) => one.cpuUs - other.cpuUs);
  const some = ours(false, () => true)[0] ?? quiet;
  return {
    quietCpuUs: sourced(quiet, (row) => row.cpuUs, "fanout, open loop"),
    busyCpuUs: sourced(busy, (row) => row.cpuUs, "fanout, 100 rooms of 10, closed loop"),
    bytesPerDelivery: sourced(some, (row) => row.bytesPerDelivery, "fanout, 64-byte texts"),
    bytesPerConnection: idleBytes(kept),
    bytesAtStart: bytesAtStart(kept),
    logPerSecond: logPerSecond(kept),
    returnsPerSecond: returnsPerSecond(kept),
  };
}

/** Two people cost more a delivery than any crowd: they say nothing of one. */
const isCrowd = ({ rooms, members }: Scenario): boolean => rooms * members >= 1_000;
const hasTens = ({ rooms, members }: Scenario): boolean => rooms >= 100 && members === 10;

function sourced(
  row: FanoutRow | undefined,
  read: (row: FanoutRow) => number,
  what: string,
): Sourced | undefined {
  if (row === undefined) return undefined;
  return { value: read(row), source: `${what}: ${nameOf(row.candidate)}, ${dateOf(row.run.kept)}` };
}

function idleBytes(kept: readonly Kept[]): Sourced | undefined {
  for (const each of ofBenchmark(kept, "idle")) {
    const measured = each.measurements as readonly IdleMeasurement[];
    const ours = measured.find(({ candidate }) => isOurs(candidate));
    if (ours === undefined) continue;
    const source = `idle: ${nameOf(ours.candidate)}, ${grouped(ours.crowd.held)} connections, ${dateOf(each)}`;
    return { value: ours.bytesPerConnection, source };
  }
  return undefined;
}

function bytesAtStart(kept: readonly Kept[]): Sourced | undefined {
  const [run] = ofBenchmark(kept, "start");
  const [old] = ofBenchmark(kept, "history");
  const starts =
    (run?.measurements as readonly StartMeasurement[] | undefined) ??
    (old?.measurements[0] as HistoryFigures | undefined)?.starts ??
    [];
  const from = run ?? old;
  if (from === undefined || starts.length === 0) return undefined;
  const value = median(starts.map(({ residentBytes }) => residentBytes));
  return { value, source: `${from.benchmark}: resident at the start, ${dateOf(from)}` };
}

/** The row `hub` of the bar, with fsync. */
function logPerSecond(kept: readonly Kept[]): Sourced | undefined {
  for (const each of ofBenchmark(kept, "bar")) {
    const rows = each.measurements as readonly BarMeasurement[];
    const found = rows.find(
      ({ row, what, value }) => row === "hub" && /fsync/.test(what) && value > 0,
    );
    if (found !== undefined)
      return { value: found.value, source: `bar: ${found.what}, ${dateOf(each)}` };
  }
  return undefined;
}

/** Of the slowest kept round. */
function returnsPerSecond(kept: readonly Kept[]): Sourced | undefined {
  const rounds = ofBenchmark(kept, "resume").flatMap((run) =>
    (run.measurements as readonly Resume[]).map(({ returned }) => ({
      value: returned.complete / (returned.completed.maxMs / 1000),
      source: `resume: ${grouped(returned.complete)} at once, the slowest round, ${dateOf(run)}`,
    })),
  );
  return rounds.toSorted((one, other) => one.value - other.value)[0];
}
