// The client's benchmark: the full-screen client in a pseudo-terminal against the real server; how
// fast it starts, what it keeps in memory, and how soon a key is echoed while others talk.

import { print } from "@maru/core";
import { formatBars, isMet } from "../../harness/bar.ts";
import { describeMachine } from "../../harness/machine.ts";
import { type Progress, startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { type EchoLoad, pagedLoad, quietLoad, talkLoad } from "./echo-loads.ts";
import { isSound } from "./faults.ts";
import type { ClientMeasurement } from "./figures.ts";
import { measureClients, measureEchoes, measureMemories } from "./measure-rounds.ts";
import { type ClientOptions, clientUsage, readClientOptions } from "./options.ts";
import { barsOf, summarise } from "./summary.ts";

export async function run(args: string[]): Promise<number> {
  const options = readClientOptions(args);
  if (options !== undefined) return runAll(options);
  print(clientUsage);
  return 0;
}

async function runAll(options: ClientOptions): Promise<number> {
  const { load } = buildPrograms();
  const machine = describeMachine();
  const loads = loadsOf(options);
  const parts = {
    start: { steps: options.starts, measure: (p: Progress) => measureClients(options.starts, p) },
    memory: {
      steps: options.rounds * 2,
      measure: (p: Progress) => measureMemories(load, options, p),
    },
    echo: {
      steps: options.rounds * loads.length,
      measure: (p: Progress) => measureEchoes(load, { ...options, loads }, p),
    },
  };
  const steps = options.parts.reduce((sum, name) => sum + parts[name].steps, 0);
  using progress = startProgress({ title: "client", steps });
  const measurements: ClientMeasurement[] = [];
  for (const name of options.parts) measurements.push(...(await parts[name].measure(progress)));
  progress.end();
  const bars = barsOf(measurements);
  process.stdout.write(`${summarise(measurements)}\n\n${formatBars(bars)}\n`);
  const path = recordResults({ benchmark: "client", machine, options, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  const areSound = measurements.every((each) => each.what === "start" || isSound(each));
  return areSound && bars.every(isMet) ? 0 : 1;
}

function loadsOf({ rates, past }: ClientOptions): EchoLoad[] {
  const talks = rates.map((rate) => (rate === 0 ? quietLoad : talkLoad(rate)));
  return past === 0 ? talks : [...talks, pagedLoad(past)];
}
