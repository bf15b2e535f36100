// What a row of the bar is: a name to ask for it by, the steps that measure it, and the bars that are
// drawn from what they found.

import type { Bar } from "../../harness/bars.ts";
import type { Step } from "../../harness/rounds.ts";
import type { Programs } from "../../servers/programs.ts";

export interface BarRow {
  readonly about: string;
  plan(scene: BarScene): RowPlan;
}

export interface RowPlan<Found = unknown> {
  readonly steps: readonly Step<Found>[];
  /** A bar for each figure that the row is about. Throws when what was found is no measurement. */
  bars(found: readonly Found[]): readonly RowBar[];
}

export const barRow = <Found>(
  about: string,
  plan: (scene: BarScene) => RowPlan<Found>,
): BarRow => ({ about, plan });

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

export interface BarScene {
  readonly programs: Programs;
  readonly extent: Extent;
  /** Threads that own sockets. */
  readonly workers: string;
  /** All peers that are installed, as candidates' names. */
  readonly peers: readonly string[];
  /** Those that are not. */
  readonly absentPeers: readonly string[];
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
