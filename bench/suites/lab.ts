// The whole lab: every benchmark with the arguments that make up the picture, one after the other,
// each part in a process of its own. A part that fails or misses a bar doesn't end the rest; the exit
// code tells.

import { join } from "node:path";
import type { Subprocess } from "bun";
import type { Task } from "../harness/command-line.ts";
import { describeMachine } from "../harness/machine.ts";
import { someOf, toggle, type Values } from "../harness/options.ts";
import { benchDir, rootDir } from "../harness/places.ts";
import { duration } from "../harness/progress.ts";
import { recordResults } from "../harness/record.ts";
import { sum } from "../harness/statistics.ts";
import { type Column, column, formatTable, tableOf } from "../harness/table.ts";
import { type Part, parts } from "./lab-parts.ts";

interface PartResult {
  readonly part: string;
  readonly command: string;
  /** 1: a bar was missed or a measurement failed; 2: the part could not go on. */
  readonly exitCode: number;
  readonly seconds: number;
  /** Its tables, as printed. */
  readonly output: string;
}

const titles = Object.keys(parts);
const minutesOf = (read: (part: Part) => number): string =>
  duration(sum(Object.values(parts).map(read)));

const options = {
  parts: someOf(`of ${titles.join(", ")} (default all)`, titles),
  quick: toggle("short runs, few candidates, small crowds: whether all works, not how well"),
};

export const lab: Task<typeof options> = {
  name: "lab",
  about: "all of them, one after the other; also what runs without a name",
  answers: `The whole lab: about ${minutesOf(({ seconds }) => seconds)}, --quick about ${minutesOf(({ quickSeconds }) => quickSeconds)}. Each benchmark can be run alone. Ends with 1 when a part
    failed or missed a bar.`,
  options,
  run: runLab,
};

export interface Done {
  /** What it was said to take, and what it took. */
  readonly said: number;
  readonly took: number;
}

/** What the parts that are left are said to take, corrected by what those before them really took. */
export function secondsLeft(done: readonly Done[], saidLeft: number): number {
  const said = sum(done.map((each) => each.said));
  return said === 0 ? saidLeft : saidLeft * (sum(done.map(({ took }) => took)) / said);
}

async function runLab({ parts: chosen, quick }: Values<typeof options>): Promise<number> {
  const machine = describeMachine();
  const facts = Object.entries(machine).map(([name, value]) => [name, String(value)]);
  process.stdout.write(`${formatTable([["machine", ""], ...facts])}\n`);
  const plan = chosen.map((title) => {
    const { name, args, quickArgs, seconds, quickSeconds } = parts[title] as Part;
    const words = [name, ...(quick ? quickArgs : args)];
    return { title, words, said: quick ? quickSeconds : seconds };
  });
  const results: PartResult[] = [];
  const done: Done[] = [];
  for (const [index, { title, words, said }] of plan.entries()) {
    const left = secondsLeft(done, sum(plan.slice(index).map((each) => each.said)));
    const head = `lab ${index + 1}/${plan.length}, ${title}; about ${duration(left)} left`;
    process.stderr.write(`\n${head}\n`);
    process.stdout.write(`\n== ${title}: bun run bench ${words.join(" ")}\n`);
    const result = await runPart(title, words);
    results.push(result);
    done.push({ said, took: result.seconds });
  }
  process.stdout.write(`\n${tableOf(columns, results, "terminal")}\n`);
  const about = { parts: chosen, quick };
  const path = recordResults({ benchmark: "lab", machine, options: about, measurements: results });
  process.stdout.write(`\nall that was printed: ${path}\n`);
  return results.every(({ exitCode }) => exitCode === 0) ? 0 : 1;
}

/** What it prints goes to the terminal as it comes, and is kept. */
async function runPart(part: string, words: readonly string[]): Promise<PartResult> {
  const beganMs = performance.now();
  const child = Bun.spawn([process.execPath, join(benchDir, "main.ts"), ...words], {
    cwd: rootDir,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  const release = passOnSignals(child);
  const decoder = new TextDecoder();
  let output = "";
  for await (const chunk of child.stdout) {
    process.stdout.write(chunk);
    output += decoder.decode(chunk, { stream: true });
  }
  const exitCode = await child.exited;
  release();
  const seconds = (performance.now() - beganMs) / 1000;
  return { part, command: `bun run bench ${words.join(" ")}`, exitCode, seconds, output };
}

/** The part ends its own servers before it goes, and the lab goes with it: killed, it could not. */
function passOnSignals(child: Subprocess): () => void {
  const end = () => {
    child.kill("SIGTERM");
    void child.exited.then(() => process.exit(130));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  return () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, end);
  };
}

const words: Readonly<Record<number, string>> = { 0: "ok", 1: "missed a bar, or a run failed" };

const columns: readonly Column<PartResult>[] = [
  column("part", ({ part }) => part),
  column("took", ({ seconds }) => duration(seconds)),
  column("", ({ exitCode }) => words[exitCode] ?? `failed with ${exitCode}`),
];
