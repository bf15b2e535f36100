// Every candidate in one scenario, interleaved over the rounds. Tells how far it is; prints nothing.

import { grouped } from "../harness/format-number.ts";
import { interleave } from "../harness/interleave.ts";
import type { Progress } from "../harness/progress.ts";
import type { Candidate } from "../servers/candidate.ts";
import { faultsOf, isSound } from "./load-faults.ts";
import { type Figures, type Measurement, measure } from "./measure-load.ts";
import { describeScenario, type Scenario } from "./scenario.ts";

export interface RoundsPlan {
  readonly scenario: Scenario;
  readonly candidates: readonly Candidate[];
  readonly rounds: number;
  /** Path of the load generator. */
  readonly load: string;
}

/** A step of `progress` for each measurement. */
export async function measureRounds(
  { scenario, candidates, rounds, load }: RoundsPlan,
  progress: Progress,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const candidate of interleave(candidates, round)) {
      progress.step(`round ${round + 1}, ${describeScenario(scenario)}, ${candidate.name}`);
      const measurement = await measure({ candidate, scenario, round, load });
      measurements.push(measurement);
      progress.note(outcomeLine(measurement));
    }
  }
  return measurements;
}

export function outcomeLine(measurement: Measurement): string {
  const { outcome } = measurement;
  if ("failure" in outcome) return `failed: ${outcome.failure}`;
  const rate = `${grouped(outcome.figures.deliveriesPerSecond)} deliveries/s`;
  return isSound(measurement) ? rate : `${rate}, but ${faultsOf([measurement])}`;
}

/** What one figure of a candidate was, round by round; the rounds that failed are left out. */
export function figuresOf(measurements: readonly Measurement[], candidate: string): Figures[] {
  return measurements.flatMap(({ candidate: name, outcome }) =>
    name === candidate && "figures" in outcome ? [outcome.figures] : [],
  );
}
