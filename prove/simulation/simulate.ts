// Many runs, one seed after the other, and what came of them.

import type { RunOptions, RunResult } from "./run-simulation.ts";
import { runSimulation } from "./run-simulation.ts";
import { addStatistics, createStatistics, type Statistics } from "./statistics.ts";

export interface SimulateOptions extends RunOptions {
  readonly firstSeed: number;
  readonly seeds: number;
  /** Told after each run. */
  readonly onProgress?: (done: number, result: RunResult) => void;
}

export interface Report {
  readonly seeds: number;
  /** Milliseconds of real time. */
  readonly tookMs: number;
  readonly statistics: Statistics;
  /** Runs that broke something. */
  readonly failed: readonly RunResult[];
}

export async function simulate(options: SimulateOptions): Promise<Report> {
  const { firstSeed, seeds, onProgress, ...run } = options;
  const statistics = createStatistics();
  const failed: RunResult[] = [];
  const startMs = performance.now();
  for (let done = 0; done < seeds; done += 1) {
    const result = await runSimulation(firstSeed + done, run);
    addStatistics(statistics, result.statistics);
    if (result.failures.length > 0) failed.push(result);
    onProgress?.(done + 1, result);
    // Nothing in a run waits for the event loop: signals and progress have their turn here.
    await new Promise(setImmediate);
  }
  return { seeds, tookMs: performance.now() - startMs, statistics, failed };
}

const toldMax = 12;

/** The broken promises of one run, and the command that repeats it. */
export function describeFailure({ seed, failures }: RunResult): string {
  const told = failures.slice(0, toldMax).map(({ code, sentence }) => `  ${code}: ${sentence}`);
  const rest = failures.length - told.length;
  return [
    `seed ${seed}: ${failures.length} broken; repeat it with: bun run prove simulate --seed ${seed} --trace`,
    ...told,
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ].join("\n");
}
