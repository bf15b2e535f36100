// The table of one scenario: medians over the rounds, and each candidate's ratio to the references.
// A ratio is taken between medians of the same run, never between runs.

import { fixed, grouped, ratio } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { median } from "../../harness/median.ts";
import { faultsOf } from "../../load/load-faults.ts";
import { figuresOf } from "../../load/load-rounds.ts";
import type { Figures, Measurement } from "../../load/measure-load.ts";
import type { Scenario } from "../../load/scenario.ts";

const references = { C: "coalescing", Bun: "bun-serve", chapter: "chapter" } as const;

const heading = [
  "candidate",
  "deliveries/s",
  ...Object.keys(references).map((name) => `÷ ${name}`),
  "CPU µs/delivery",
  ...Object.keys(references).map((name) => `÷ ${name}`),
  "p50 ms",
  "p99 ms",
  "missing",
  "faults",
  "generator",
];

interface Row {
  readonly candidate: string;
  readonly deliveriesPerSecond: number;
  readonly cpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly missing: number;
  readonly faults: string;
  /** Share of one core that the generator used: near 1, it may be what was measured. */
  readonly generatorShare: number;
}

/** Candidates in the order in which they were first measured. */
export function summarise(measurements: readonly Measurement[], scenario: Scenario): string {
  const here = measurements.filter((measurement) => measurement.scenario === scenario);
  const names = [...new Set(here.map((measurement) => measurement.candidate))];
  const rows = names.map((name) => rowOf(name, here));
  const of = (name: string): Row | undefined => rows.find((row) => row.candidate === name);
  const ratios = (row: Row, field: "deliveriesPerSecond" | "cpuUs"): string[] =>
    Object.values(references).map((reference) => ratio(row[field], of(reference)?.[field]));
  const cells = rows.map((row) => [
    row.candidate,
    grouped(row.deliveriesPerSecond),
    ...ratios(row, "deliveriesPerSecond"),
    fixed(row.cpuUs, 3),
    ...ratios(row, "cpuUs"),
    fixed(row.p50Ms, 2),
    fixed(row.p99Ms, 2),
    grouped(row.missing),
    row.faults,
    fixed(row.generatorShare, 2),
  ]);
  return formatTable([heading, ...cells]);
}

function rowOf(candidate: string, measurements: readonly Measurement[]): Row {
  const ours = measurements.filter((measurement) => measurement.candidate === candidate);
  const figures = figuresOf(ours, candidate);
  const middle = (read: (figures: Figures) => number): number => median(figures.map(read));
  return {
    candidate,
    deliveriesPerSecond: middle((each) => each.deliveriesPerSecond),
    cpuUs: middle((each) => each.serverCpuUsPerDelivery),
    p50Ms: middle((each) => each.p50Ms),
    p99Ms: middle((each) => each.p99Ms),
    missing: figures.reduce((sum, each) => sum + each.missing, 0),
    faults: faultsOf(ours),
    generatorShare: middle((each) => each.generatorCpuSeconds / each.seconds),
  };
}
