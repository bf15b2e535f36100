// The guard: this tree and another commit, measured in pairs by this tree's load generator; a word
// for each figure, and 1 when one of the words is "slower".

import { print } from "@maru/core";
import { describeMachine } from "../../harness/machine.ts";
import { median } from "../../harness/median.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { measurePairs, type Pairs, pairsOf } from "./measure-pairs.ts";
import { type GuardOptions, guardUsage, readGuardOptions } from "./options.ts";
import { checkOutTree, resolveCommit } from "./other-tree.ts";
import { guardScenarios, type ScenarioName } from "./scenarios.ts";
import { type Judgement, summarise } from "./summary.ts";
import { type Sides, sidesOf } from "./tree-candidate.ts";
import { judgePairs } from "./verdict.ts";

/** Of a wrong word in the whole run; shared out evenly among its figures. */
const alphaOfRun = 0.05;

export async function run(args: string[]): Promise<number> {
  const options = readGuardOptions(args);
  if (options !== undefined) return runAll(options);
  print(guardUsage);
  return 0;
}

async function runAll(options: GuardOptions): Promise<number> {
  const { load } = buildPrograms();
  const machine = describeMachine();
  const commit = await resolveCommit(options.commit);
  const other = await checkOutTree(commit);
  try {
    const { sides, dropped } = await sidesOf(other.path, options.workers);
    const measurements = await measureAll(options, sides, load);
    const measured = measurements.flatMap(({ judgements }) => judgements);
    const here = `${machine.commit}${machine.modified ? " and what is not committed" : ""}`;
    process.stdout.write(`before: ${commit.slice(0, 12)}\nnow:    ${here}\n`);
    if (dropped.length > 0) process.stdout.write(`only one of them has:${listOf(dropped)}\n`);
    process.stdout.write(`\n${summarise(measured)}\n`);
    const about = { ...options, before: commit, dropped };
    const path = recordResults({ benchmark: "guard", machine, options: about, measurements });
    process.stdout.write(`\nevery measurement: ${path}\n`);
    return exitCodeOf(measurements, options.rounds);
  } finally {
    other.remove();
  }
}

/** Flags that both sides went without, because one of them doesn't know them. */
const listOf = (flags: readonly string[]): string => flags.map((flag) => ` --${flag}`).join("");

interface GuardMeasurement extends Pairs {
  readonly scenario: ScenarioName;
  readonly judgements: readonly Judgement[];
}

async function measureAll(
  options: GuardOptions,
  sides: Sides,
  load: string,
): Promise<GuardMeasurement[]> {
  const { scenarios, rounds, seconds, seed } = options;
  const figures = scenarios.reduce((sum, name) => sum + guardScenarios[name].figures.length, 0);
  using progress = startProgress({ title: "guard", steps: scenarios.length * rounds });
  const measurements: GuardMeasurement[] = [];
  for (const name of scenarios) {
    const scenario = guardScenarios[name];
    const { pairs, failures } = await measurePairs(
      scenario,
      sides,
      { load, seconds, rounds },
      progress,
    );
    const judgements = scenario.figures.map((figure): Judgement => {
      const ours = pairsOf(pairs, figure.name);
      const { isMoreBetter } = figure;
      return {
        scenario: scenario.about,
        figure: figure.name,
        before: median(ours.map(({ before }) => before)),
        now: median(ours.map(({ now }) => now)),
        verdict: judgePairs(ours, { isMoreBetter, alpha: alphaOfRun / figures, seed }),
      };
    });
    measurements.push({ scenario: name, pairs, failures, judgements });
  }
  return measurements;
}

/**
 * 1 when something is slower, when a run of this tree failed, and when half of a scenario's pairs or
 * more did: that hides all.
 */
export function exitCodeOf(
  measurements: readonly Omit<GuardMeasurement, "scenario">[],
  rounds: number,
): number {
  const isBad = ({ pairs, failures, judgements }: Omit<GuardMeasurement, "scenario">): boolean =>
    pairs.length * 2 <= rounds ||
    failures.some(({ side }) => side === "now") ||
    judgements.some(({ verdict }) => verdict.word === "slower");
  return measurements.some(isBad) ? 1 : 0;
}
