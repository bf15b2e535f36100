// What a row of the bar is: a name to ask for it by, and how it is measured.

import type { Bar } from "../../harness/bar.ts";
import type { Progress } from "../../harness/progress.ts";
import type { Programs } from "../../servers/programs.ts";

export interface BarRow {
  readonly about: string;
  /** Of the progress bar, that `measure` takes. */
  steps(extent: Extent, peers: readonly string[]): number;
  /** A bar for each figure that the row is about. Throws when it can't be measured. */
  measure(stage: BarStage): Promise<readonly RowBar[]>;
}

export interface RowBar extends Bar {
  /** What should have been measured with it, and was not: then it is not met, whatever its value. */
  readonly lacks?: string;
}

/** How thoroughly the rows are measured. */
export interface Extent {
  readonly isQuick: boolean;
  /** Of a figure by itself, and of a ratio. */
  readonly rounds: number;
  readonly ratioRounds: number;
  /** Of one run under load, for a figure by itself and for a ratio. */
  readonly seconds: number;
  readonly ratioSeconds: number;
  readonly warmupSeconds: number;
  /**
   * Of a ratio and of a latency: until what is called is compiled, which takes some ten thousand
   * messages, and SQLite's write-ahead log has grown to its size and is overwritten from then on.
   */
  readonly steadyWarmupSeconds: number;
}

export interface BarStage {
  readonly programs: Programs;
  readonly extent: Extent;
  /** Threads that own sockets. */
  readonly workers: string;
  /** All peers that are installed, as candidates' names. */
  readonly peers: readonly string[];
  /** Those that are not. */
  readonly absentPeers: readonly string[];
  readonly progress: Progress;
  /** Keeps what the bars are drawn from. */
  keep(raw: readonly unknown[]): void;
}

export const thorough: Extent = {
  isQuick: false,
  rounds: 3,
  ratioRounds: 5,
  seconds: 1.5,
  ratioSeconds: 2,
  warmupSeconds: 0.5,
  steadyWarmupSeconds: 5,
};

export const quick: Extent = {
  isQuick: true,
  rounds: 1,
  ratioRounds: 1,
  seconds: 0.5,
  ratioSeconds: 0.5,
  warmupSeconds: 0.3,
  steadyWarmupSeconds: 0.3,
};
