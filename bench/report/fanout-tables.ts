// The kept fan-out results as one table per scenario: the newest run that has figures of it, whole.
// No row comes from an older run, so that all rows are of one commit and every ratio of one run.

import { median } from "../harness/median.ts";
import type { Figures, Measurement } from "../load/measure-load.ts";
import type { Scenario } from "../load/scenario.ts";
import { type Kept, ofBenchmark } from "./read-kept.ts";

export interface FanoutRow {
  readonly candidate: string;
  readonly rounds: { readonly planned: number; readonly succeeded: number };
  /** Medians of the rounds that succeeded; so are the next four. */
  readonly deliveriesPerSecond: number;
  readonly cpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** On the wire, of one delivery. */
  readonly bytesPerDelivery: number;
  /** Of the rounds, lowest and highest. */
  readonly spread: { readonly deliveriesPerSecond: Spread; readonly cpuUs: Spread };
  /** Of all rounds together: only those that occurred. */
  readonly faults: readonly Fault[];
}

export type Spread = readonly [lowest: number, highest: number];

export interface Fault {
  readonly kind: (typeof faultKinds)[number];
  readonly count: number;
}

/** One scenario in one kept file. */
export interface FanoutTable {
  readonly scenario: Scenario;
  readonly kept: Kept;
  /** The most deliveries first. */
  readonly rows: readonly FanoutRow[];
  /** Of all cores, in the worst round: what another guest of the host had. Undefined where unknown. */
  readonly stolenShare: number | undefined;
  /** Candidates of which every round failed, with the rounds planned. */
  readonly failed: readonly { readonly candidate: string; readonly planned: number }[];
}

const faultKinds = [
  ...(["missing", "extra", "misordered", "unacknowledged"] as const),
  ...(["malformed", "disconnects", "errors", "closes"] as const),
];

/** In the order of the newest file, then of those before it. */
export function fanoutTables(kept: readonly Kept[]): FanoutTable[] {
  const tables = new Map<string, FanoutTable>();
  for (const each of ofBenchmark(kept, "fanout")) {
    const groups = Map.groupBy(each.measurements as readonly Measurement[], keyOf);
    for (const [key, here] of groups) {
      const table = tableOf(each, here);
      if (!tables.has(key) && table !== undefined) tables.set(key, table);
    }
  }
  return [...tables.values()];
}

function keyOf({ scenario }: Measurement): string {
  const { rooms, members, talkers, stalled, textBytes, pace } = scenario;
  return JSON.stringify([rooms, members, talkers, stalled, textBytes, pace]);
}

/** Undefined where every round of every candidate failed. */
function tableOf(kept: Kept, measurements: readonly Measurement[]): FanoutTable | undefined {
  const rows: FanoutRow[] = [];
  const failed: { candidate: string; planned: number }[] = [];
  for (const [candidate, here] of Map.groupBy(measurements, (each) => each.candidate)) {
    const figures = here.flatMap(({ outcome }) => ("figures" in outcome ? [outcome.figures] : []));
    if (figures.length > 0) rows.push(rowOf(candidate, figures, here.length));
    else failed.push({ candidate, planned: here.length });
  }
  const [first] = measurements;
  if (first === undefined || rows.length === 0) return undefined;
  rows.sort((one, other) => other.deliveriesPerSecond - one.deliveriesPerSecond);
  return { scenario: first.scenario, kept, rows, stolenShare: stolenOf(measurements), failed };
}

function stolenOf(measurements: readonly Measurement[]): number | undefined {
  // Older results do not tell it.
  const shares = measurements.flatMap(({ outcome }) =>
    "figures" in outcome ? ((outcome.figures.stolenShare as number | undefined) ?? []) : [],
  );
  return shares.length === 0 ? undefined : Math.max(...shares);
}

function rowOf(candidate: string, figures: readonly Figures[], planned: number): FanoutRow {
  const middle = (read: (of: Figures) => number): number => median(figures.map(read));
  const rates = figures.map((each) => each.deliveriesPerSecond);
  const costs = figures.map((each) => each.serverCpuUsPerDelivery);
  return {
    candidate,
    rounds: { planned, succeeded: figures.length },
    deliveriesPerSecond: median(rates),
    cpuUs: median(costs),
    p50Ms: middle((each) => each.p50Ms),
    p99Ms: middle((each) => each.p99Ms),
    bytesPerDelivery: middle((each) => each.bytes / each.deliveries),
    spread: { deliveriesPerSecond: spreadOf(rates), cpuUs: spreadOf(costs) },
    faults: faultKinds.flatMap((kind) => {
      // Older results lack some kinds.
      const count = figures.reduce((sum, each) => sum + (each[kind] ?? 0), 0);
      return count > 0 ? [{ kind, count }] : [];
    }),
  };
}

export const spreadOf = (values: readonly number[]): Spread => [
  Math.min(...values),
  Math.max(...values),
];

/** How many times the same figure of `candidate` in the row's own table. */
export function timesOf(
  { rows }: FanoutTable,
  row: FanoutRow,
  candidate: string,
  figure: "deliveriesPerSecond" | "cpuUs",
): number | undefined {
  const reference = rows.find((each) => each.candidate === candidate);
  return reference === undefined ? undefined : row[figure] / reference[figure];
}

export const isOpenLoop = ({ pace }: Scenario): boolean => "messagesPerSecond" in pace;

/** Where a room was measured with several loads: the one with most servers, then most in flight. */
export function fullestFirst(one: FanoutTable, other: FanoutTable): number {
  return other.rows.length - one.rows.length || inflightOf(other) - inflightOf(one);
}

export const inflightOf = ({ scenario: { pace } }: FanoutTable): number =>
  "inflight" in pace ? pace.inflight : 0;
