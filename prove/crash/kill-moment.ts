// When the next kill comes: chosen from the seed by what the server has done, and then by a little more.

import type { SeededRandom } from "@maru/testkit";

export interface KillMoment {
  /** Acknowledgements since the start; most are few, some are many. */
  readonly acknowledgements: number;
  /** The process has lived so long at least: some live to see the write-ahead log being moved. */
  readonly upMs: number;
  /** And then turns of this event loop, or microseconds in which this process does nothing at all. */
  readonly turns: number;
  readonly microseconds: number;
  /** How often the next start is killed before it is done, and how many milliseconds after it began. */
  readonly diesStartingAfterMs: readonly number[];
}

const acknowledgementsMax = 3_000;
/** The server moves the write-ahead log a second after it began to grow. */
const checkpointMs = { from: 980, to: 1_080 };
/** From the first instruction of the process to its being ready, and some. */
const startMs = { from: 40, to: 300 };

export function chooseKillMoment(random: SeededRandom): KillMoment {
  const acknowledgements = Math.round(acknowledgementsMax ** random.fraction());
  const upMs = random.chance(0.15) ? random.between(checkpointMs.from, checkpointMs.to) : 0;
  const isSpun = random.chance(0.5);
  const diesStarting = random.chance(0.15) ? random.between(1, 2) : 0;
  return {
    acknowledgements,
    upMs,
    turns: isSpun ? 0 : random.below(20),
    microseconds: isSpun ? random.below(3_000) : 0,
    diesStartingAfterMs: Array.from({ length: diesStarting }, () =>
      random.between(startMs.from, startMs.to),
    ),
  };
}

/** The little more. */
export async function waitTheLittleMore({ turns, microseconds }: KillMoment): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  const until = performance.now() + microseconds / 1_000;
  while (performance.now() < until);
}
