// What a benchmark is: options, steps, tables and bars, as data. The harness runs the steps in their
// order, shows how far it is, prints the tables, judges the bars, and records every measurement with
// the machine it was taken on. Where a new one goes: bench/README.md.

import { type Bar, barsTable, isMet } from "./bars.ts";
import type { Task } from "./command-line.ts";
import { describeMachine } from "./machine.ts";
import type { Options, Values } from "./options.ts";
import { type Progress, startProgress } from "./progress.ts";
import { type Recorded, recordResults } from "./record.ts";
import type { Step } from "./rounds.ts";

/** What a benchmark may use while its steps are made and measured. */
export interface Run {
  /** Has its turn when all is over, however it ends; the last one first. */
  defer(cleanUp: () => unknown): void;
  /** A line that stays, above the progress. */
  note(line: string): void;
  /** Of the servers measured, for the record. */
  versions?: Readonly<Record<string, string>>;
  /** What else the record should tell, beside the options. */
  about?: Readonly<Record<string, unknown>>;
}

export interface Benchmark<O extends Options, Row> extends Omit<Task<O>, "run"> {
  /** In the order in which they are measured. */
  steps(values: Values<O>, run: Run): readonly Step<Row>[] | Promise<readonly Step<Row>[]>;
  /** As printed, of one group of steps. */
  tables(rows: readonly Row[], values: Values<O>): string;
  /** One that is missed makes the run end with 1. */
  bars?(rows: readonly Row[], values: Values<O>): readonly Bar[];
  /** So does a row that is not sound. */
  isSound?(row: Row, values: Values<O>): boolean;
  /** Whether all rows together are as they must be, where that is no figure of its own. */
  isMet?(rows: readonly Row[], values: Values<O>): boolean;
  /** Where the record has another form than a list of the rows. */
  record?(rows: readonly Row[], values: Values<O>): Recorded;
}

export function defineBenchmark<O extends Options, Row>(
  benchmark: Benchmark<O, Row>,
): Benchmark<O, Row> & Task<O> {
  return { ...benchmark, run: (values) => runBenchmark(benchmark, values) };
}

/** `print` and `record` are others in tests. */
export async function runBenchmark<O extends Options, Row>(
  benchmark: Benchmark<O, Row>,
  values: Values<O>,
  print: (text: string) => void = (text) => void process.stdout.write(text),
  record = recordResults,
): Promise<number> {
  const { name } = benchmark;
  const machine = describeMachine(); // before anything else uses it
  const cleanUps: (() => unknown)[] = [];
  let progress: Progress | undefined;
  const note = (line: string) =>
    progress === undefined ? void process.stderr.write(`${line}\n`) : progress.note(line);
  const run: Run = { defer: (cleanUp) => void cleanUps.push(cleanUp), note };
  try {
    const steps = await benchmark.steps(values, run);
    progress = startProgress({ title: name, steps: steps.length }, process.stderr, print);
    const rows = await takeSteps(steps, progress, (group) => benchmark.tables(group, values));
    progress.end();
    const bars = benchmark.bars?.(rows, values) ?? [];
    if (bars.length > 0) print(`\n${barsTable(bars)}\n`);
    const recorded = benchmark.record?.(rows, values) ?? { measurements: rows };
    const versions = run.versions === undefined ? {} : { versions: run.versions };
    const about = { benchmark: name, machine, options: { ...values, ...run.about }, ...versions };
    print(`\nevery measurement: ${record({ ...about, ...recorded })}\n`);
    const isSound = rows.every((row) => benchmark.isSound?.(row, values) ?? true);
    const allMet = bars.every(isMet) && (benchmark.isMet?.(rows, values) ?? true);
    return isSound && allMet ? 0 : 1;
  } finally {
    progress?.end();
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  }
}

/** A table as soon as the last of its group is measured. */
async function takeSteps<Row>(
  steps: readonly Step<Row>[],
  progress: Progress,
  tablesOf: (rows: readonly Row[]) => string,
): Promise<Row[]> {
  const rows: Row[] = [];
  let group: Row[] = [];
  for (const [index, step] of steps.entries()) {
    progress.step(step.what);
    const row = await step.measure();
    const note = step.note?.(row) ?? "";
    if (note !== "") progress.note(note);
    rows.push(row);
    group.push(row);
    const next = steps[index + 1];
    if (next !== undefined && next.group === step.group) continue;
    const title = step.group === undefined ? "" : `${step.group}\n`;
    progress.print(`\n${title}${tablesOf(group)}\n`);
    group = [];
  }
  return rows;
}
