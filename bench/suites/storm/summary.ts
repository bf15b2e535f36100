// The table of one kind of storm: medians over the rounds, faults added up.

import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { median } from "../../harness/median.ts";
import type { Outcome } from "../../load/observe-server.ts";
import type { StormFigures, StormMeasurement } from "./measure-storm.ts";

const heading = [
  "candidate",
  "in",
  "in all s",
  "half s",
  "connections/s",
  "CPU µs each",
  "p50 ms",
  "p99 ms",
  "max ms",
  "refused",
  "failed",
  "retries",
  "MB before",
  "MB with them",
  "faults",
  "generator",
];

/** Candidates in the order in which they were first measured. */
export function summarise(measurements: readonly StormMeasurement[]): string {
  const names = [...new Set(measurements.map(({ candidate }) => candidate))];
  const rows = names.map((name) =>
    rowOf(
      name,
      measurements.flatMap(({ candidate, outcome }) => (candidate === name ? [outcome] : [])),
    ),
  );
  return formatTable([heading, ...rows]);
}

function rowOf(candidate: string, outcomes: readonly Outcome<StormFigures>[]): string[] {
  const figures = outcomes.flatMap((outcome) => ("figures" in outcome ? [outcome.figures] : []));
  const middle = (read: (of: StormFigures) => number): number => median(figures.map(read));
  return [
    candidate,
    grouped(Math.min(...figures.map(({ held }) => held))),
    fixed(
      middle(({ seconds }) => seconds),
      2,
    ),
    fixed(
      middle(({ halfSeconds }) => halfSeconds),
      2,
    ),
    grouped(middle(({ connections, seconds }) => connections / seconds)),
    fixed(
      middle(({ serverCpuSeconds, connections }) => (serverCpuSeconds * 1e6) / connections),
      0,
    ),
    ...(["p50Ms", "p99Ms", "maxMs"] as const).map((field) =>
      fixed(
        middle((each) => each[field]),
        1,
      ),
    ),
    ...(["refused", "failed", "retries"] as const).map((field) =>
      grouped(middle((each) => each[field])),
    ),
    ...(["memoryBefore", "memoryThen"] as const).map((field) =>
      fixed(middle((each) => each[field].residentBytes) / 1e6, 1),
    ),
    faultsOf(figures, outcomes.length),
    fixed(
      middle(({ generatorCpuSeconds, seconds }) => generatorCpuSeconds / seconds),
      2,
    ),
  ];
}

/** Everything that must not happen, added up over the rounds; to be refused and come again may. */
function faultsOf(figures: readonly StormFigures[], rounds: number): string {
  const sum = (read: (of: StormFigures) => number): number =>
    figures.reduce((all, each) => all + read(each), 0);
  const counts = {
    "not in": sum(({ connections, held }) => connections - held),
    disconnects: sum(({ disconnects }) => disconnects),
    closes: sum(({ closes }) => closes),
    malformed: sum(({ malformed }) => malformed),
    "rounds failed": rounds - figures.length,
  };
  const faults = Object.entries(counts).flatMap(([what, count]) =>
    count > 0 ? [`${grouped(count)} ${what}`] : [],
  );
  return faults.join(", ") || "none";
}

/** Whether everybody came in, stayed, and read nothing but what the protocol allows. */
export function isSound({ outcome }: StormMeasurement): boolean {
  return "figures" in outcome && faultsOf([outcome.figures], 1) === "none";
}
