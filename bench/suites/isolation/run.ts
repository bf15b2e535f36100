// The isolation benchmark: what one session can cost the others, command by command.

import { print } from "@maru/core";
import { formatTable } from "../../harness/format-table.ts";
import { describeMachine } from "../../harness/machine.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { type Measurement, measure } from "./measure.ts";
import { type IsolationOptions, isolationUsage, readIsolationOptions } from "./options.ts";
import { heading, rowOf } from "./summary.ts";

export async function run(args: string[]): Promise<number> {
  const options = readIsolationOptions(args);
  if (options !== undefined) return runAll(options);
  print(isolationUsage);
  return 0;
}

/** 1 if somebody had to wait longer than anybody may. */
async function runAll(options: IsolationOptions): Promise<number> {
  const machine = describeMachine();
  const measurements: Measurement[] = [];
  using progress = startProgress({
    title: "isolation",
    steps: options.rounds * options.attacks.length,
  });
  for (let round = 0; round < options.rounds; round++) {
    for (const attack of options.attacks) {
      progress.step(`round ${round + 1}, ${attack}`);
      const measured = await measure(attack, round, options);
      measurements.push(measured);
      const { sends, pages } = measured.beside;
      progress.note(`send p99 ${sends.p99Ms.toFixed(1)} ms, page p99 ${pages.p99Ms.toFixed(1)} ms`);
    }
  }
  progress.end();
  const rows = options.attacks.map((attack) => rowOf(attack, options.seconds, measurements));
  process.stdout.write(`${formatTable([heading, ...rows])}\n`);
  const path = recordResults({ benchmark: "isolation", machine, options, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return rows.every((row) => row.at(-1) === "met") ? 0 : 1;
}
