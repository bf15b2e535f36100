// What one scenario comes to: a row for each candidate, medians over its rounds, and the columns that
// show it. A ratio is taken between medians of the same run, never between runs. Pure.

import { countWithin, digits, fixed, fixedWithin, grouped } from "../harness/numbers.ts";
import { figuresOf, groupsOf } from "../harness/outcome.ts";
import { median, type Spread, spreadOf, sum } from "../harness/statistics.ts";
import { type Column, column } from "../harness/table.ts";
import { isOurs, nameOf } from "../servers/candidate-names.ts";
import { type FaultKind, type Figures, faultCounts, type Measurement } from "./measurement.ts";
import type { Scenario } from "./scenario.ts";

export interface LoadRow {
  readonly candidate: string;
  readonly rounds: { readonly planned: number; readonly succeeded: number };
  /** Medians of the rounds that succeeded; so are the next five. */
  readonly deliveriesPerSecond: number;
  readonly cpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** On the wire, of one delivery. */
  readonly bytesPerDelivery: number;
  /** Share of one core that the generator used: near 1, it may be what was measured. */
  readonly generatorShare: number;
  /** Of the rounds, lowest and highest. */
  readonly spread: { readonly deliveriesPerSecond: Spread; readonly cpuUs: Spread };
  /** Of all rounds together: only those that occurred. */
  readonly faults: readonly { readonly kind: FaultKind; readonly count: number }[];
}

export interface LoadSummary {
  readonly scenario: Scenario;
  /** The most deliveries first. */
  readonly rows: readonly LoadRow[];
  /** Candidates of which every round failed. */
  readonly failed: readonly LoadRow[];
  /** Of all cores, in the worst round: what another guest of the host had. Undefined where unknown. */
  readonly stolenShare: number | undefined;
}

/** Of one scenario, of which there must be a measurement. */
export function summariseLoad(measurements: readonly Measurement[]): LoadSummary {
  const all = groupsOf(measurements, ({ candidate }) => candidate).map(rowOf);
  const [first] = measurements;
  if (first === undefined) throw new RangeError("nothing was measured");
  return {
    scenario: first.scenario,
    rows: all
      .filter(({ rounds }) => rounds.succeeded > 0)
      .sort((one, other) => other.deliveriesPerSecond - one.deliveriesPerSecond),
    failed: all.filter(({ rounds }) => rounds.succeeded === 0),
    stolenShare: stolenOf(measurements),
  };
}

function stolenOf(measurements: readonly Measurement[]): number | undefined {
  // Older results do not tell it.
  const shares = figuresOf(measurements).flatMap(
    ({ stolenShare }) => (stolenShare as number | undefined) ?? [],
  );
  return shares.length === 0 ? undefined : Math.max(...shares);
}

function rowOf(measurements: readonly Measurement[]): LoadRow {
  const figures = figuresOf(measurements);
  const middle = (read: (of: Figures) => number): number => median(figures.map(read));
  const rates = figures.map((each) => each.deliveriesPerSecond);
  const costs = figures.map((each) => each.serverCpuUsPerDelivery);
  const faults = figures.map(faultCounts);
  return {
    candidate: measurements[0]?.candidate ?? "",
    rounds: { planned: measurements.length, succeeded: figures.length },
    deliveriesPerSecond: median(rates),
    cpuUs: median(costs),
    p50Ms: middle((each) => each.p50Ms),
    p99Ms: middle((each) => each.p99Ms),
    bytesPerDelivery: middle((each) => each.bytes / each.deliveries),
    generatorShare: middle((each) => each.generatorCpuSeconds / each.seconds),
    spread: { deliveriesPerSecond: spreadOf(rates), cpuUs: spreadOf(costs) },
    faults: (Object.keys(faults[0] ?? {}) as FaultKind[]).flatMap((kind) => {
      const count = sum(faults.map((each) => each[kind] ?? 0));
      return count > 0 ? [{ kind, count }] : [];
    }),
  };
}

/** How many times the same figure of `candidate` in the row's own table. */
export function timesOf(
  { rows }: Pick<LoadSummary, "rows">,
  row: LoadRow,
  candidate: string,
  figure: "deliveriesPerSecond" | "cpuUs",
): number | undefined {
  const reference = rows.find((each) => each.candidate === candidate);
  return reference === undefined ? undefined : row[figure] / reference[figure];
}

/** For `rows` and `failed` of the summary. */
export function loadColumns(summary: LoadSummary): Column<LoadRow>[] {
  const told = (title: string, tell: (row: LoadRow) => string, only?: "terminal") => ({
    title,
    cell: (row: LoadRow) => (row.rounds.succeeded === 0 ? "–" : tell(row)),
    ...(only === undefined ? {} : { only }),
  });
  const times = (figure: "deliveriesPerSecond" | "cpuUs") => {
    const of = (name: string, candidate: string, only?: "terminal") =>
      told(`× ${name}`, (row) => fixed(timesOf(summary, row, candidate, figure), 2), only);
    return [
      of("C", "coalescing"),
      of("Bun.serve", "bun-serve"),
      of("textbook", "chapter", "terminal"),
    ];
  };
  return [
    column("server", ({ candidate }, place) => emphasised(candidate, place === "page")),
    told("deliveries/s (min–max)", (row) =>
      countWithin(row.deliveriesPerSecond, row.spread.deliveriesPerSecond),
    ),
    ...times("deliveriesPerSecond"),
    told("CPU µs/delivery (min–max)", (row) => fixedWithin(row.cpuUs, row.spread.cpuUs, 3)),
    ...times("cpuUs"),
    told("p50 ms", (row) => digits(2)(row.p50Ms)),
    told("p99 ms", (row) => digits(2)(row.p99Ms)),
    told("generator", (row) => digits(2)(row.generatorShare), "terminal"),
    column("rounds", ({ rounds }) => `${rounds.succeeded} of ${rounds.planned}`),
    column("faults", (row, place) => faultsOf(row, place === "page" ? "<sup>1</sup>" : "")),
  ];
}

const emphasised = (candidate: string, isStrong: boolean): string =>
  isStrong && isOurs(candidate) ? `**${nameOf(candidate)}**` : nameOf(candidate);

/** Two threads of the textbook's design may overtake each other: a property of it, not an accident. */
export const overtakes = ({ candidate, faults }: LoadRow): boolean =>
  candidate === "chapter" && faults.some(({ kind }) => kind === "misordered");

/** `mark` stands behind what has a note of its own. */
function faultsOf(row: LoadRow, mark: string): string {
  if (row.rounds.succeeded === 0) return "every round failed";
  const markOf = (kind: string) => (kind === "misordered" && overtakes(row) ? mark : "");
  const words = row.faults.map(({ kind, count }) => `${grouped(count)} ${kind}${markOf(kind)}`);
  return words.join(", ") || "none";
}
