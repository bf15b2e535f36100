// The fan-out benchmark: every candidate, in every scenario, interleaved over the rounds.
// Prints a table per scenario on standard output and its progress on standard error.

import { print } from "@maru/core";
import { describeMachine } from "../../harness/machine.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { isSound } from "../../load/load-faults.ts";
import { measureRounds } from "../../load/load-rounds.ts";
import type { Measurement } from "../../load/measure-load.ts";
import { describeScenario } from "../../load/scenario.ts";
import { carriersOf, chooseCandidates, versionsOf } from "../../servers/choose-candidates.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { type FanoutOptions, fanoutUsage, readFanoutOptions } from "./options.ts";
import { summarise } from "./summary.ts";

export async function run(args: string[]): Promise<number> {
  const options = readFanoutOptions(args);
  if (options !== undefined) return runAll(options);
  print(fanoutUsage);
  return 0;
}

/** 1 when any measurement failed or had faults, so that a script notices. */
async function runAll(options: FanoutOptions): Promise<number> {
  const programs = buildPrograms();
  const machine = describeMachine();
  const candidates = chooseCandidates(options.candidates, programs);
  const versions = versionsOf(candidates);
  const plans = options.scenarios.map((scenario) => ({
    scenario,
    candidates: carriersOf(candidates, scenario.textBytes),
    rounds: options.rounds,
    load: programs.load,
  }));
  const steps = plans.reduce((sum, plan) => sum + plan.candidates.length * plan.rounds, 0);
  using progress = startProgress({ title: "fanout", steps });
  const measurements: Measurement[] = [];
  for (const plan of plans) {
    const { scenario } = plan;
    const ours = await measureRounds(plan, progress);
    measurements.push(...ours);
    progress.print(`\n${describeScenario(scenario)}\n${summarise(ours, scenario)}\n`);
  }
  progress.end();
  const path = recordResults({ benchmark: "fanout", machine, options, versions, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return measurements.every(isSound) ? 0 : 1;
}
