// Rounds of the same thing, a step of the progress each.

import type { BarStage } from "./row.ts";

export async function repeat<T>(
  { progress }: BarStage,
  rounds: number,
  what: string,
  once: (round: number) => Promise<T>,
): Promise<T[]> {
  const all: T[] = [];
  for (let round = 0; round < rounds; round++) {
    progress.step(`round ${round + 1}, ${what}`);
    all.push(await once(round));
  }
  return all;
}
