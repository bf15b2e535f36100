// The slow-member benchmark: the latency of a room with, and without, a member who never reads.
// The two are measured in turn, so that their ratio is of the same minutes.

import { print } from "@maru/core";
import { fixed, grouped, ratio } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { interleave } from "../../harness/interleave.ts";
import { describeMachine } from "../../harness/machine.ts";
import { median } from "../../harness/median.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { type Figures, type Measurement, measure } from "../../load/measure-load.ts";
import type { Scenario } from "../../load/scenario.ts";
import { carriersOf, chooseCandidates, versionsOf } from "../../servers/choose-candidates.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { readSlowOptions, type SlowOptions, slowUsage } from "./options.ts";

const heading = [
  "candidate",
  "stalled",
  "deliveries/s",
  "p50 ms",
  "p99 ms",
  "÷ without",
  "max ms",
  "stalled cut",
  "others cut",
  "missing",
  "failed",
];

export async function run(args: string[]): Promise<number> {
  const options = readSlowOptions(args);
  if (options !== undefined) return runAll(options);
  print(slowUsage);
  return 0;
}

async function runAll(options: SlowOptions): Promise<number> {
  const programs = buildPrograms();
  const machine = describeMachine();
  const present = chooseCandidates(options.candidates, programs);
  const candidates = carriersOf(present, options.scenarios[0].textBytes);
  const versions = versionsOf(candidates);
  const steps = options.rounds * candidates.length * options.scenarios.length;
  using progress = startProgress({ title: "slow", steps });
  const measurements: Measurement[] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (const candidate of interleave(candidates, round)) {
      for (const scenario of interleave(options.scenarios, round)) {
        progress.step(`round ${round + 1}, ${candidate.name}, ${scenario.stalled} stalled`);
        const measurement = await measure({ candidate, scenario, round, load: programs.load });
        measurements.push(measurement);
        progress.note(outcomeLine(measurement));
      }
    }
  }
  progress.end();
  const rows = candidates.flatMap(({ name }) => rowsOf(name, options, measurements));
  process.stdout.write(`${formatTable([heading, ...rows])}\n`);
  const path = recordResults({ benchmark: "slow", machine, options, versions, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return measurements.some(({ outcome }) => "failure" in outcome) ? 1 : 0;
}

function outcomeLine({ outcome }: Measurement): string {
  return "failure" in outcome
    ? `failed: ${outcome.failure}`
    : `p99 ${fixed(outcome.figures.p99Ms, 2)} ms`;
}

function rowsOf(name: string, options: SlowOptions, measurements: readonly Measurement[]) {
  const ours = measurements.filter(({ candidate }) => candidate === name);
  const figuresOf = (scenario: Scenario): Figures[] =>
    ours.flatMap(({ scenario: measured, outcome }) =>
      measured === scenario && "figures" in outcome ? [outcome.figures] : [],
    );
  const p99Without = median(figuresOf(options.scenarios[0]).map((each) => each.p99Ms));
  return options.scenarios.map((scenario) => {
    const figures = figuresOf(scenario);
    const middle = (read: (each: Figures) => number): number => median(figures.map(read));
    const sum = (read: (each: Figures) => number): number =>
      figures.reduce((total, each) => total + read(each), 0);
    const p99Ms = middle((each) => each.p99Ms);
    return [
      name,
      grouped(scenario.stalled),
      grouped(middle((each) => each.deliveriesPerSecond)),
      fixed(
        middle((each) => each.p50Ms),
        2,
      ),
      fixed(p99Ms, 2),
      ratio(p99Ms, p99Without),
      fixed(
        middle((each) => each.maxMs),
        2,
      ),
      grouped(sum((each) => each.stalledDisconnects)),
      grouped(sum((each) => each.disconnects)),
      grouped(sum((each) => each.missing)),
      grouped(options.rounds - figures.length),
    ];
  });
}
