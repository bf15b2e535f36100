// The traffic benchmark: an evening of chat, made up from a seed, played to every candidate.
// Prints a table on standard output and its progress on standard error.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { print } from "@maru/core";
import { SeededRandom } from "@maru/testkit";
import { fixed, grouped } from "../../harness/format-number.ts";
import { interleave } from "../../harness/interleave.ts";
import { describeMachine } from "../../harness/machine.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { createScratchDir } from "../../harness/scratch-dir.ts";
import { carriersOf, chooseCandidates, versionsOf } from "../../servers/choose-candidates.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { type Evening, textKinds } from "./evening.ts";
import { measureTraffic, type TrafficMeasurement } from "./measure-traffic.ts";
import { readTrafficOptions, type TrafficOptions, trafficUsage } from "./options.ts";
import { scheduleOf } from "./schedule.ts";
import { scriptOf } from "./script.ts";
import { isSound, summarise } from "./summary.ts";

const drainSeconds = 10;
const longestText = Math.max(...textKinds.map(({ bytes }) => bytes[1]));

export async function run(args: string[]): Promise<number> {
  const options = readTrafficOptions(args);
  if (options !== undefined) return runAll(options);
  print(trafficUsage);
  return 0;
}

/** 1 when anything went wrong in any round, so that a script notices. */
async function runAll(options: TrafficOptions): Promise<number> {
  const { evening, rounds } = options;
  const { load, ...references } = buildPrograms();
  const machine = describeMachine();
  const textBytes = Math.min(longestText, evening.textBytesMax);
  const wanted = chooseCandidates(options.candidates, { load, ...references });
  const candidates = carriersOf(wanted, textBytes);
  const versions = versionsOf(candidates);
  const scratch = createScratchDir();
  const script = join(scratch.path, "script");
  using progress = startProgress({ title: "traffic", steps: rounds * candidates.length });
  const measurements: TrafficMeasurement[] = [];
  for (let round = 0; round < rounds; round++) {
    const seed = options.seed + round;
    writeFileSync(script, scriptOf(scheduleOf(evening, new SeededRandom(seed)), evening.rooms));
    for (const candidate of interleave(candidates, round)) {
      progress.step(`round ${round + 1}, ${describe(evening)}, ${candidate.name}`);
      const { warmupSeconds, seconds } = evening;
      const play = { load, script, warmupSeconds, seconds, drainSeconds };
      const measurement = await measureTraffic(candidate, play, { round, seed });
      measurements.push(measurement);
      progress.note(outcomeLine(measurement));
    }
  }
  progress.end();
  scratch.remove();
  process.stdout.write(`${describe(evening)}\n${summarise(measurements)}\n`);
  const path = recordResults({ benchmark: "traffic", machine, options, versions, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return measurements.every(isSound) ? 0 : 1;
}

function describe({ people, rooms, rate, moveRate }: Evening): string {
  return `${grouped(people)} people in ${grouped(rooms)} rooms, ${fixed(people * rate, 1)} messages/s and ${fixed(people * moveRate, 1)} moves/s when calm`;
}

function outcomeLine({ outcome }: TrafficMeasurement): string {
  if ("failure" in outcome) return `failed: ${outcome.failure}`;
  const { deliveries, seconds, p99Ms } = outcome.figures;
  return `${grouped(deliveries / seconds)} deliveries/s, p99 ${fixed(p99Ms, 2)} ms`;
}
