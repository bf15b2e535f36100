// The table of an evening: medians over the rounds, faults added up.

import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { median } from "../../harness/median.ts";
import type { Outcome } from "../../load/observe-server.ts";
import type { TrafficFigures, TrafficMeasurement } from "./measure-traffic.ts";

type Read = (of: TrafficFigures) => number;

const perSecond =
  (field: "due" | "messages" | "expected" | "deliveries" | "movesDone"): Read =>
  (of) =>
    of[field] / of.seconds;

/** What each column reads, and how it is shown. */
const columns: readonly (readonly [string, Read, (value: number) => string])[] = [
  ["messages/s due", perSecond("due"), grouped],
  ["said", perSecond("messages"), grouped],
  ["deliveries/s due", perSecond("expected"), grouped],
  ["came", perSecond("deliveries"), grouped],
  ["p50 ms", ({ p50Ms }) => p50Ms, (value) => fixed(value, 2)],
  ["p99 ms", ({ p99Ms }) => p99Ms, (value) => fixed(value, 2)],
  ["p99.9 ms", ({ p999Ms }) => p999Ms, (value) => fixed(value, 2)],
  ["max ms", ({ maxMs }) => maxMs, (value) => fixed(value, 1)],
  ["moves/s", perSecond("movesDone"), (value) => fixed(value, 1)],
  ["move p99 ms", ({ moveP99Ms }) => moveP99Ms, (value) => fixed(value, 1)],
  ["server cores", (of) => of.serverCpuSeconds / of.seconds, (value) => fixed(value, 2)],
  [
    "CPU µs/delivery",
    (of) => (of.serverCpuSeconds * 1e6) / of.deliveries,
    (value) => fixed(value, 2),
  ],
  ["MB", ({ memoryThen }) => memoryThen.residentBytes / 1e6, (value) => fixed(value, 1)],
  ["generator", (of) => of.generatorCpuSeconds / of.seconds, (value) => fixed(value, 2)],
];

/** Candidates in the order in which they were first measured. */
export function summarise(measurements: readonly TrafficMeasurement[]): string {
  const names = [...new Set(measurements.map(({ candidate }) => candidate))];
  const rows = names.map((name) => {
    const outcomes = measurements.flatMap(({ candidate, outcome }) =>
      candidate === name ? [outcome] : [],
    );
    const figures = figuresOf(outcomes);
    const cells = columns.map(([, read, show]) => show(median(figures.map(read))));
    return [name, ...cells, faultsOf(outcomes)];
  });
  return formatTable([["candidate", ...columns.map(([what]) => what), "faults"], ...rows]);
}

const figuresOf = (outcomes: readonly Outcome<TrafficFigures>[]): TrafficFigures[] =>
  outcomes.flatMap((outcome) => ("figures" in outcome ? [outcome.figures] : []));

/** Everything that went wrong in any round, added up; "none" when nothing did. */
function faultsOf(outcomes: readonly Outcome<TrafficFigures>[]): string {
  const kinds = [
    "missing",
    "extra",
    "misordered",
    "unacknowledged",
    "unmoved",
    "unsaid",
    "malformed",
    "disconnects",
    "errors",
    "closes",
  ] as const;
  const figures = figuresOf(outcomes);
  const faults = kinds.flatMap((kind) => {
    const count = figures.reduce((sum, each) => sum + each[kind], 0);
    return count > 0 ? [`${grouped(count)} ${kind}`] : [];
  });
  const failed = outcomes.length - figures.length;
  if (failed > 0) faults.push(`${failed} of ${outcomes.length} rounds failed`);
  return faults.join(", ") || "none";
}

export function isSound({ outcome }: TrafficMeasurement): boolean {
  return faultsOf([outcome]) === "none";
}
