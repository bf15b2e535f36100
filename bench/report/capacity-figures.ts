// Takes the figures of the capacity calculator from the kept results. Invents none.

import { grouped } from "../harness/numbers.ts";
import { type Kept, ofBenchmark } from "../harness/record.ts";
import { median } from "../harness/statistics.ts";
import type { Scenario } from "../load/scenario.ts";
import type { LoadRow } from "../load/summary.ts";
import { isOurs, mainOf, nameOf } from "../servers/candidate-names.ts";
import type { BarMeasurement } from "../suites/bar/judge.ts";
import type { HistoryFigures } from "../suites/history/history-tables.ts";
import type { Resume } from "../suites/resume/measure-resume.ts";
import type { StartMeasurement } from "../suites/start.ts";
import type { CapacityFigures, Sourced } from "./capacity.ts";
import { type FanoutTable, fanoutTables, isOpenLoop } from "./fanout-tables.ts";
import { idleKinds } from "./idle-kinds.ts";
import { dateOf } from "./results.ts";

export function capacityFigures(kept: readonly Kept[]): CapacityFigures {
  const tables = fanoutTables(kept).filter(({ scenario }) => scenario.textBytes === 64);
  const ours = (isOpen: boolean, fits: (scenario: Scenario) => boolean): Found[] =>
    tables
      .filter(({ scenario }) => isOpenLoop(scenario) === isOpen)
      .filter(({ scenario }) => fits(scenario))
      .flatMap((table) =>
        table.rows.flatMap((row) => (isOurs(row.candidate) ? [{ table, row }] : [])),
      );
  const [quiet] = ours(true, isCrowd).toSorted((one, other) => other.row.cpuUs - one.row.cpuUs);
  const [busy] = ours(false, hasTens).toSorted((one, other) => one.row.cpuUs - other.row.cpuUs);
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

interface Found {
  readonly table: FanoutTable;
  readonly row: LoadRow;
}

function sourced(
  found: Found | undefined,
  read: (row: LoadRow) => number,
  what: string,
): Sourced | undefined {
  if (found === undefined) return undefined;
  const { table, row } = found;
  const source = `${what}: ${nameOf(row.candidate)}, ${dateOf(table.kept)}`;
  return { value: read(row), source };
}

/** In a room, where that was measured: who chats is in one. */
function idleBytes(kept: readonly Kept[]): Sourced | undefined {
  for (const each of ofBenchmark(kept, "idle")) {
    const measured = idleKinds(each).at(-1)?.measurements ?? [];
    const main = mainOf(measured.map(({ candidate }) => candidate));
    const ours = measured.filter(({ candidate }) => candidate === main);
    const [first] = ours;
    if (first === undefined) continue;
    const source = `idle: ${nameOf(first.candidate)}, ${grouped(first.crowd.held)} connections, ${dateOf(each)}`;
    return { value: median(ours.map(({ bytesPerConnection }) => bytesPerConnection)), source };
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
