// A fresh server under one scenario: what the generator found and what each of the two used. Also
// the steps that measure several candidates so, which fan-out, bar and curve have in common.

import { grouped } from "../harness/numbers.ts";
import { inRounds, type Step } from "../harness/rounds.ts";
import type { Candidate } from "../servers/candidate.ts";
import { runGenerator } from "./generator.ts";
import { faultsOf, isSound, type Measurement } from "./measurement.ts";
import { type Observed, observeServer, type Prepare } from "./observe-server.ts";
import { describeScenario, type Scenario } from "./scenario.ts";

export interface Load extends Observed {
  readonly scenario: Scenario;
}

/** Never throws, so that one failure leaves the other candidates. */
export async function measureLoad({ scenario, ...run }: Load): Promise<Measurement> {
  const { outcome, ...about } = await observeServer(run, (target, onMark) =>
    runGenerator(target, scenario, onMark),
  );
  if ("failure" in outcome) return { ...about, scenario, outcome };
  const { figures } = outcome;
  // Only Maru promises to drain and to end in order.
  if (run.candidate.dialect === "maru" && figures.serverExitCode !== 0) {
    const failure = `the server ended with ${figures.serverExitCode}`;
    return { ...about, scenario, outcome: { failure } };
  }
  const serverCpuUsPerDelivery = (figures.serverCpuSeconds * 1e6) / figures.deliveries;
  return { ...about, scenario, outcome: { figures: { ...figures, serverCpuUsPerDelivery } } };
}

export interface LoadPlan {
  readonly scenario: Scenario;
  readonly candidates: readonly Candidate[];
  readonly rounds: number;
  readonly load: string;
  /** What stands for the scenario on the progress line. */
  readonly what?: string;
  readonly group?: string;
  readonly prepare?: (candidate: Candidate) => Prepare;
}

/** Every candidate in one scenario, interleaved over the rounds. */
export function loadSteps(plan: LoadPlan): Step<Measurement>[] {
  const { scenario, candidates, rounds, load, group, prepare } = plan;
  const what = plan.what ?? describeScenario(scenario);
  return inRounds(rounds, candidates, (candidate, round) => ({
    ...(group === undefined ? {} : { group }),
    what: `${what}, ${candidate.name}`,
    measure: () => measureLoad({ candidate, scenario, round, load, prepare: prepare?.(candidate) }),
    note: outcomeLine,
  }));
}

function outcomeLine(measurement: Measurement): string {
  const { outcome } = measurement;
  if ("failure" in outcome) return `failed: ${outcome.failure}`;
  const rate = `${grouped(outcome.figures.deliveriesPerSecond)} deliveries/s`;
  return isSound(measurement) ? rate : `${rate}, but ${faultsOf([measurement])}`;
}
