// The storm benchmark: thousands of connections at once, from the first dial until all are in.
// Prints a table per kind of storm on standard output and its progress on standard error.

import { print } from "@maru/core";
import { fixed, grouped } from "../../harness/format-number.ts";
import { interleave } from "../../harness/interleave.ts";
import { describeMachine } from "../../harness/machine.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { chooseCandidates, versionsOf } from "../../servers/choose-candidates.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { measureStorm, type StormMeasurement } from "./measure-storm.ts";
import { readStormOptions, type StormOptions, stormUsage } from "./options.ts";
import { isSound, summarise } from "./summary.ts";

export async function run(args: string[]): Promise<number> {
  const options = readStormOptions(args);
  if (options !== undefined) return runAll(options);
  print(stormUsage);
  return 0;
}

/** 1 when anybody stayed out in any round, so that a script notices. */
async function runAll(options: StormOptions): Promise<number> {
  const programs = buildPrograms();
  const machine = describeMachine();
  const candidates = chooseCandidates(options.candidates, programs);
  const versions = versionsOf(candidates);
  const steps = options.underWay.length * options.rounds * candidates.length;
  using progress = startProgress({ title: "storm", steps });
  const measurements: StormMeasurement[] = [];
  for (const underWay of options.underWay) {
    const ours: StormMeasurement[] = [];
    for (let round = 0; round < options.rounds; round++) {
      for (const candidate of interleave(candidates, round)) {
        progress.step(`round ${round + 1}, ${describe(underWay, options)}, ${candidate.name}`);
        const { connections, rooms, seed, limitSeconds } = options;
        const storm = { connections, rooms, underWay, seed: seed + round, limitSeconds };
        const measurement = await measureStorm(candidate, programs.load, round, storm);
        ours.push(measurement);
        progress.note(outcomeLine(measurement));
      }
    }
    measurements.push(...ours);
    progress.print(`\n${describe(underWay, options)}\n${summarise(ours)}\n`);
  }
  progress.end();
  const path = recordResults({ benchmark: "storm", machine, options, versions, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return measurements.every(isSound) ? 0 : 1;
}

function describe(underWay: number, { connections, rooms }: StormOptions): string {
  const how = underWay === 0 ? "all at once" : `${grouped(underWay)} under way`;
  return `${grouped(connections)} connections into ${grouped(rooms)} rooms, ${how}`;
}

function outcomeLine({ outcome }: StormMeasurement): string {
  if ("failure" in outcome) return `failed: ${outcome.failure}`;
  const { held, seconds, retries, refusal } = outcome.figures;
  const why = refusal === "" ? "" : ` (${refusal})`;
  return `${grouped(held)} in after ${fixed(seconds, 2)} s, ${grouped(retries)} retries${why}`;
}
