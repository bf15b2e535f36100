// The start-up benchmark: from spawning the server to its first `welcome`, and its memory then, with
// an empty data directory and with one that has been in use.

import { print } from "@maru/core";
import { formatBars, isMet } from "../../harness/bar.ts";
import { fixed, grouped } from "../../harness/format-number.ts";
import { interleave } from "../../harness/interleave.ts";
import { describeMachine } from "../../harness/machine.ts";
import { type Progress, startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { createScratchDir } from "../../harness/scratch-dir.ts";
import { readMaru } from "../../servers/generous-maru.ts";
import { placeRoom } from "../history/room/cached-room.ts";
import { measureCase, type StartCase } from "./measure-case.ts";
import { readStartOptions, type StartOptions, startUsage } from "./options.ts";
import { barsOf, type StartMeasurement, summarise } from "./summary.ts";

export async function run(args: string[]): Promise<number> {
  const options = readStartOptions(args);
  if (options !== undefined) return runAll(options);
  print(startUsage);
  return 0;
}

interface Case extends StartCase {
  readonly candidate: string;
  readonly entries: number;
}

async function runAll(options: StartOptions): Promise<number> {
  const machine = describeMachine();
  const scratch = createScratchDir();
  const steps = options.rounds * options.candidates.length * options.entries.length;
  using progress = startProgress({ title: "start", steps });
  const cases = await prepare(options, scratch.path, progress);
  const measurements: StartMeasurement[] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (const each of interleave(cases, round)) {
      progress.step(`round ${round + 1}, ${each.candidate}, ${grouped(each.entries)} entries`);
      const { candidate, entries } = each;
      const measurement = { candidate, entries, round, ...(await measureCase(each)) };
      measurements.push(measurement);
      progress.note(
        `${fixed(measurement.ms, 1)} ms, ${fixed(measurement.residentBytes / 1e6, 1)} MB`,
      );
    }
  }
  progress.end();
  scratch.remove();
  const bars = barsOf(measurements);
  process.stdout.write(`${summarise(measurements)}\n\n${formatBars(bars)}\n`);
  const path = recordResults({ benchmark: "start", machine, options, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return bars.every(isMet) ? 0 : 1;
}

/** A used directory serves all starts of its case: each server leaves it in order. */
async function prepare(
  { candidates, entries }: StartOptions,
  scratchDir: string,
  progress: Progress,
): Promise<Case[]> {
  const cases: Case[] = [];
  for (const candidate of candidates) {
    const settings = readMaru(candidate);
    if (settings === undefined) throw new RangeError(`start takes maru:…, not "${candidate}"`);
    for (const count of entries) {
      const data = count === 0 ? undefined : `${scratchDir}/${cases.length}`;
      if (data !== undefined) await placeRoom(data, count, (line) => progress.note(line));
      cases.push({ candidate, settings, entries: count, data });
    }
  }
  return cases;
}
