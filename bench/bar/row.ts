// What a row of the bar is: a name to ask for it by, and how it is measured.

import type { Programs } from "../servers/programs.ts";
import type { Bar } from "../stage/bar.ts";
import type { Progress } from "../stage/progress.ts";

export interface BarRow {
  readonly about: string;
  /** Of the progress bar, that `measure` takes. */
  steps(extent: Extent, peers: readonly string[]): number;
  /** A bar for each figure that the row is about. Throws when it can't be measured. */
  measure(stage: BarStage): Promise<readonly Bar[]>;
}

/** How thoroughly the rows are measured. */
export interface Extent {
  readonly isQuick: boolean;
  /** Of a figure by itself, and of a ratio. */
  readonly rounds: number;
  readonly ratioRounds: number;
  /** Of one run under load. */
  readonly seconds: number;
  readonly warmupSeconds: number;
}

export interface BarStage {
  readonly programs: Programs;
  readonly extent: Extent;
  /** Threads that own sockets. */
  readonly workers: string;
  /** All peers that are installed, as candidates' names. */
  readonly peers: readonly string[];
  readonly progress: Progress;
  /** Keeps what the bars are drawn from. */
  keep(raw: readonly unknown[]): void;
}

export const thorough: Extent = {
  isQuick: false,
  rounds: 3,
  ratioRounds: 5,
  seconds: 1.5,
  warmupSeconds: 0.5,
};

export const quick: Extent = {
  isQuick: true,
  rounds: 1,
  ratioRounds: 1,
  seconds: 0.5,
  warmupSeconds: 0.3,
};
