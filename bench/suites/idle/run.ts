// The idle benchmark: what a connection costs that only stays, and what the one too many is told.

import { print } from "@maru/core";
import { fixed, grouped } from "../../harness/format-number.ts";
import { interleave } from "../../harness/interleave.ts";
import { describeMachine } from "../../harness/machine.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { chooseCandidates, versionsOf } from "../../servers/choose-candidates.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { type IdleMeasurement, isWhole, measureIdle } from "./measure-idle.ts";
import { requireOpenFiles } from "./open-files.ts";
import { type IdleOptions, idleUsage, readIdleOptions } from "./options.ts";
import { middleRounds, tableOf } from "./summary.ts";

export async function run(args: string[]): Promise<number> {
  const options = readIdleOptions(args);
  if (options !== undefined) return runAll(options);
  print(idleUsage);
  return 0;
}

/** 1 when somebody of a crowd was not held from the beginning to the end. */
async function runAll(options: IdleOptions): Promise<number> {
  requireOpenFiles(options.connections);
  const programs = buildPrograms();
  const machine = describeMachine();
  const candidates = chooseCandidates(options.candidates, programs);
  const versions = versionsOf(candidates);
  const steps = candidates.length * options.rounds;
  using progress = startProgress({ title: "idle", steps });
  const measurements: IdleMeasurement[] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (const candidate of interleave(candidates, round)) {
      const crowd = `${grouped(options.connections)} connections`;
      progress.step(`round ${round + 1}, ${crowd}, ${candidate.name}`);
      const measurement = await measureIdle(candidate, programs.load, options);
      measurements.push(measurement);
      progress.note(`${fixed(measurement.bytesPerConnection / 1024, 2)} KB each`);
    }
  }
  progress.end();
  process.stdout.write(`${tableOf(middleRounds(measurements))}\n`);
  const path = recordResults({ benchmark: "idle", machine, options, versions, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return measurements.every(isWhole) ? 0 : 1;
}
