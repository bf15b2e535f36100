// The fan-out benchmark: every candidate, in every scenario, interleaved over the rounds.
// Prints a table per scenario on standard output and its progress on standard error.

import { describeScenario, type Scenario } from "../load/scenario.ts";
import { type Candidate, candidateOf } from "../servers/candidate.ts";
import { buildPrograms } from "../servers/programs.ts";
import { grouped } from "../stage/format-number.ts";
import { interleave } from "../stage/interleave.ts";
import { describeMachine } from "../stage/machine.ts";
import { recordResults } from "../stage/record-results.ts";
import { type Measurement, measure } from "./measure.ts";
import { type FanoutOptions, fanoutUsage, readFanoutOptions } from "./options.ts";
import { summarise } from "./summary.ts";

export async function run(args: string[]): Promise<number> {
  const options = readFanoutOptions(args);
  if (options !== undefined) return runAll(options);
  process.stdout.write(fanoutUsage);
  return 0;
}

/** 1 when any measurement failed, so that a script notices. */
async function runAll(options: FanoutOptions): Promise<number> {
  const programs = buildPrograms();
  const machine = describeMachine();
  const candidates = options.candidates.map((name) => candidateOf(name, programs));
  const measurements: Measurement[] = [];
  for (const scenario of options.scenarios) {
    const ours = await runScenario(scenario, candidates, options.rounds, programs.load);
    measurements.push(...ours);
    process.stdout.write(`\n${describeScenario(scenario)}\n${summarise(ours, scenario)}\n`);
  }
  const path = recordResults({ benchmark: "fanout", machine, options, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return measurements.some(({ outcome }) => "failure" in outcome) ? 1 : 0;
}

async function runScenario(
  scenario: Scenario,
  candidates: readonly Candidate[],
  rounds: number,
  load: string,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const candidate of interleave(candidates, round)) {
      const measurement = await measure({ candidate, scenario, round, load });
      measurements.push(measurement);
      process.stderr.write(`${progressLine(measurement)}\n`);
    }
  }
  return measurements;
}

function progressLine({ candidate, scenario, round, outcome }: Measurement): string {
  const what = `round ${round + 1}, ${describeScenario(scenario)}, ${candidate}`;
  return "failure" in outcome
    ? `${what}: failed: ${outcome.failure}`
    : `${what}: ${grouped(outcome.figures.deliveriesPerSecond)} deliveries/s`;
}
