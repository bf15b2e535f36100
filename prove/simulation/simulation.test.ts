// The simulation, two hundred worlds of it; that it repeats itself; and that it isn't an empty show.

import { expect, test } from "bun:test";
import { describeFailure, faultKinds, runSimulation, simulate } from "./mod.ts";

const firstSeed = 1;
const seeds = 200;
const timeLimitMs = 120_000;

test(
  "200 worlds keep every promise, come to rest and leave nothing behind",
  async () => {
    const { failed, statistics } = await simulate({ firstSeed, seeds });
    expect(failed.map(describeFailure)).toEqual([]);

    // Each kind of fault struck, often; and so did what follows from faults.
    const rare = faultKinds.filter((kind) => statistics.faults[kind] < seeds / 4);
    expect(rare).toEqual([]);
    const { asked, acknowledged, duplicates, seen, connects } = statistics;
    expect(asked).toBeGreaterThan(seeds * 50);
    expect(acknowledged).toBeGreaterThanOrEqual(asked);
    expect(seen).toBeGreaterThan(asked * 2);
    expect(duplicates).toBeGreaterThan(seeds);
    expect(connects).toBeGreaterThan(seeds * 5);
    const { resumesRecovered, resumesNotRecovered, resets, newEpochs, ...rest } = statistics;
    expect(resumesRecovered).toBeGreaterThan(seeds * 5);
    expect(resumesNotRecovered).toBeGreaterThan(seeds * 2);
    expect(resets).toBeGreaterThan(seeds);
    expect(newEpochs).toBeGreaterThan(seeds / 2);
    expect(rest.slowConsumers).toBeGreaterThan(seeds / 10);
    expect(rest.refused).toBeGreaterThan(seeds * 10);
    expect(rest.unanswered).toBeGreaterThan(seeds / 2);
    expect(rest.lostUnsynced).toBeGreaterThan(seeds / 2);
    expect(rest.trimmed).toBeGreaterThan(seeds * 5);
  },
  timeLimitMs,
);

test(
  "a seed gives the same run each time, and another seed another one",
  async () => {
    const hashes = new Set<string>();
    for (let seed = firstSeed; seed < firstSeed + 20; seed += 1) {
      const first = await runSimulation(seed);
      const again = await runSimulation(seed);
      expect(again).toEqual(first);
      hashes.add(first.hash);
    }
    expect(hashes.size).toBe(20);
  },
  timeLimitMs,
);

test("printing what happens changes nothing of it", async () => {
  const lines: string[] = [];
  const printed = await runSimulation(firstSeed, { print: (line) => lines.push(line) });
  expect(printed.hash).toBe((await runSimulation(firstSeed)).hash);
  expect(lines.length).toBeGreaterThan(100);
});
