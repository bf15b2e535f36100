// The runs of one scenario, in pairs, in ABBA order: neither version is always the first of a pair,
// and a machine that only becomes slower favours neither.

import type { Progress } from "../../harness/progress.ts";
import type { GuardRun, GuardScenario, Readings } from "./scenarios.ts";
import type { Side, Sides } from "./tree-candidate.ts";
import type { Pair } from "./verdict.ts";

export interface RunPair {
  readonly before: Readings;
  readonly now: Readings;
}

/** Which of the two is the first of pair `pair`, from 0: before now, now before. */
export function orderOf(pair: number): readonly [Side, Side] {
  return pair % 2 === 0 ? ["before", "now"] : ["now", "before"];
}

export interface Pairs {
  readonly pairs: readonly RunPair[];
  /** Why a run of a pair failed, and whose it was; such a pair is not among `pairs`. */
  readonly failures: readonly { readonly side: Side; readonly why: string }[];
}

/** A step of `progress` for each pair. */
export async function measurePairs(
  scenario: GuardScenario,
  sides: Sides,
  run: GuardRun & { readonly rounds: number },
  progress: Progress,
): Promise<Pairs> {
  const pairs: RunPair[] = [];
  const failures: Pairs["failures"][number][] = [];
  for (let pair = 0; pair < run.rounds; pair++) {
    progress.step(`${scenario.about}, pair ${pair + 1}`);
    const readings: Partial<Record<Side, Readings>> = {};
    for (const side of orderOf(pair)) {
      try {
        readings[side] = await scenario.measure(sides[side](scenario.durability), run);
      } catch (error) {
        const why = error instanceof Error ? error.message : `${error}`;
        failures.push({ side, why });
        progress.note(`failed: ${side}: ${why}`);
      }
    }
    const { before, now } = readings;
    if (before !== undefined && now !== undefined) pairs.push({ before, now });
  }
  return { pairs, failures };
}

/** One figure of all pairs. */
export function pairsOf(pairs: readonly RunPair[], figure: string): Pair[] {
  const read = (readings: Readings): number => readings[figure] ?? Number.NaN;
  return pairs.map(({ before, now }) => ({ before: read(before), now: read(now) }));
}
