// The kept fan-out results as one table per scenario: medians, each row with the run it is of.
// A ratio is taken within one run, so that a row from another run is only ever compared there.

import type { Figures, Measurement } from "../fanout/measure.ts";
import type { Scenario } from "../load/scenario.ts";
import { median } from "../stage/median.ts";
import { isOurs, nameOf } from "./candidates.ts";
import { type Kept, ofBenchmark } from "./read-kept.ts";

export interface FanoutRow {
  readonly candidate: string;
  readonly rounds: number;
  readonly deliveriesPerSecond: number;
  readonly cpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** On the wire, of one delivery. */
  readonly bytesPerDelivery: number;
  readonly missing: number;
  readonly run: FanoutRun;
}

/** One scenario in one kept file. */
export interface FanoutRun {
  readonly kept: Kept;
  /** The most deliveries first. */
  readonly rows: readonly FanoutRow[];
}

export interface FanoutTable {
  readonly scenario: Scenario;
  /** The newest with Maru and both references; or just the newest. */
  readonly run: FanoutRun;
  /** Those of `run`, then of candidates that only other runs have. */
  readonly rows: readonly FanoutRow[];
}

/** In the order of the newest file, then of those before it. */
export function fanoutTables(kept: readonly Kept[]): FanoutTable[] {
  const runs = new Map<string, { scenario: Scenario; runs: FanoutRun[] }>();
  for (const each of ofBenchmark(kept, "fanout")) {
    const measurements = each.measurements as readonly Measurement[];
    for (const [key, here] of byScenario(measurements)) {
      const scenario = here[0]?.scenario;
      if (scenario === undefined) continue;
      const known = runs.get(key) ?? { scenario, runs: [] };
      known.runs.push(runOf(each, here));
      runs.set(key, known);
    }
  }
  return [...runs.values()].flatMap((each) => tableOf(each.scenario, each.runs) ?? []);
}

function byScenario(measurements: readonly Measurement[]): Map<string, Measurement[]> {
  const found = new Map<string, Measurement[]>();
  for (const each of measurements) {
    const { rooms, members, talkers, stalled, textBytes, pace } = each.scenario;
    const key = JSON.stringify([rooms, members, talkers, stalled, textBytes, pace]);
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return found;
}

function runOf(kept: Kept, measurements: readonly Measurement[]): FanoutRun {
  const rows: FanoutRow[] = [];
  const run: FanoutRun = { kept, rows };
  for (const candidate of new Set(measurements.map((each) => each.candidate))) {
    const figures = measurements.flatMap(({ candidate: name, outcome }) =>
      name === candidate && "figures" in outcome ? [outcome.figures] : [],
    );
    if (figures.length > 0) rows.push(rowOf(candidate, figures, run));
  }
  rows.sort((one, other) => other.deliveriesPerSecond - one.deliveriesPerSecond);
  return run;
}

function rowOf(candidate: string, figures: readonly Figures[], run: FanoutRun): FanoutRow {
  const middle = (read: (of: Figures) => number): number => median(figures.map(read));
  return {
    candidate,
    rounds: figures.length,
    deliveriesPerSecond: middle((each) => each.deliveriesPerSecond),
    cpuUs: middle((each) => each.serverCpuUsPerDelivery),
    p50Ms: middle((each) => each.p50Ms),
    p99Ms: middle((each) => each.p99Ms),
    bytesPerDelivery: middle((each) => each.bytes / each.deliveries),
    missing: figures.reduce((sum, each) => sum + each.missing, 0),
    run,
  };
}

function tableOf(scenario: Scenario, runs: readonly FanoutRun[]): FanoutTable | undefined {
  const run = runs.find(isWhole) ?? runs[0];
  if (run === undefined) return undefined;
  const rows = [...run.rows];
  for (const row of runs.flatMap((each) => each.rows)) {
    if (!rows.some((known) => nameOf(known.candidate) === nameOf(row.candidate))) rows.push(row);
  }
  return { scenario, run, rows };
}

function isWhole({ rows }: FanoutRun): boolean {
  const has = (name: string) => rows.some(({ candidate }) => candidate === name);
  return rows.some(({ candidate }) => isOurs(candidate)) && has("coalescing") && has("bun-serve");
}

/** How many times the same figure of `candidate` in the row's own run. */
export function timesOf(
  row: FanoutRow,
  candidate: string,
  figure: "deliveriesPerSecond" | "cpuUs",
): number | undefined {
  const reference = row.run.rows.find((each) => each.candidate === candidate);
  return reference === undefined ? undefined : row[figure] / reference[figure];
}

export const isOpenLoop = ({ pace }: Scenario): boolean => "messagesPerSecond" in pace;
