// The whole lab: every benchmark with the arguments that make up the picture, one after the other.
// A part that fails or misses a bar doesn't end the rest; the exit code tells.

import { parseArgs } from "node:util";
import { print } from "@maru/core";
import { formatTable } from "../../harness/format-table.ts";
import { describeMachine, type Machine } from "../../harness/machine.ts";
import { duration } from "../../harness/progress.ts";
import { readNames } from "../../harness/read-list.ts";
import { recordResults } from "../../harness/record-results.ts";
import { type Done, secondsLeft } from "./pace.ts";
import { type Part, parts } from "./parts.ts";
import { type PartResult, runPart } from "./run-part.ts";

const titles = Object.keys(parts);
const sumOf = (read: (part: Part) => number): number =>
  Object.values(parts).reduce((sum, part) => sum + read(part), 0);

const usage = `usage: bun run bench [options]

The whole lab. About ${duration(sumOf((part) => part.seconds))}, --quick about ${duration(sumOf((part) => part.quickSeconds))}. Ends with 1 when a part failed or missed a bar.

  --parts LIST  ${titles.slice(0, 8).join(", ")},
                ${titles.slice(8).join(", ")} (default all)
  --quick       short runs, few candidates, small crowds: whether all works, not how well

bun run bench --help names the benchmarks; each can be run alone.
`;

const settings = {
  parts: { type: "string" },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: settings });
  if (!values.help) return runAll(readNames("parts", values.parts, titles), values.quick);
  print(usage);
  return 0;
}

async function runAll(chosen: readonly string[], quick: boolean): Promise<number> {
  const machine = describeMachine();
  process.stdout.write(`${machineTable(machine)}\n`);
  const plan = chosen.map((title) => {
    const { name, args, quickArgs, seconds, quickSeconds } = parts[title] as Part;
    return { title, name, args: quick ? quickArgs : args, said: quick ? quickSeconds : seconds };
  });
  const results: PartResult[] = [];
  const done: Done[] = [];
  for (const [index, { title, name, args, said }] of plan.entries()) {
    const saidLeft = plan.slice(index).reduce((sum, each) => sum + each.said, 0);
    const left = duration(secondsLeft(done, saidLeft));
    process.stderr.write(`\nlab ${index + 1}/${plan.length}, ${title}; about ${left} left\n`);
    process.stdout.write(`\n== ${title}: bun run bench ${[name, ...args].join(" ")}\n`);
    const result = await runPart(title, name, args);
    results.push(result);
    done.push({ said, took: result.seconds });
  }
  process.stdout.write(`\n${summarise(results)}\n`);
  const options = { parts: chosen, quick };
  const path = recordResults({ benchmark: "lab", machine, options, measurements: results });
  process.stdout.write(`\nall that was printed: ${path}\n`);
  return results.every(({ exitCode }) => exitCode === 0) ? 0 : 1;
}

function machineTable(machine: Machine): string {
  const rows = Object.entries(machine).map(([name, value]) => [name, String(value)]);
  return formatTable([["machine", ""], ...rows]);
}

const words: Readonly<Record<number, string>> = { 0: "ok", 1: "missed a bar, or a run failed" };

function summarise(results: readonly PartResult[]): string {
  const rows = results.map(({ part, exitCode, seconds }) => [
    part,
    duration(seconds),
    words[exitCode] ?? `failed with ${exitCode}`,
  ]);
  return formatTable([["part", "took", ""], ...rows]);
}
