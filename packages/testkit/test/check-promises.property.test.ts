import { describe, expect, test } from "bun:test";
import {
  announceSeed,
  checkPromises,
  describeViolations,
  type PublisherRecord,
  SeededRandom,
} from "../src/mod.ts";
import { playCorrectRun } from "./correct-run.ts";
import { type MutableRun, mutations } from "./mutations.ts";

const runs = 150;
const stepsMax = 400;

test("a run that keeps the promises passes", () => {
  const random = new SeededRandom(announceSeed("correct runs"));
  for (let count = 0; count < runs; count += 1) {
    const run = playCorrectRun(random, random.between(0, stepsMax));
    expect(describeViolations(checkPromises(run))).toBe("no promise was broken");
  }
});

test("a run that loses with its epochs passes where that is allowed, and only there", () => {
  const random = new SeededRandom(announceSeed("losing runs"));
  let refused = 0;
  for (let count = 0; count < runs; count += 1) {
    const run = playCorrectRun(random, stepsMax, true);
    const story = describeViolations(checkPromises(run, { mayLose: true }));
    expect(story).toBe("no promise was broken");
    if (checkPromises(run).length > 0) refused += 1;
  }
  expect(refused).toBeGreaterThan(runs / 2);
});

describe("a run is caught in which", () => {
  for (const [name, mutate] of Object.entries(mutations)) {
    test(name, () => {
      const random = new SeededRandom(announceSeed(name));
      let spoilt = 0;
      for (let count = 0; count < runs; count += 1) {
        const run = structuredClone(playCorrectRun(random, stepsMax)) as MutableRun;
        if (!mutate(run, random)) continue;
        spoilt += 1;
        expect(checkPromises(run)).not.toEqual([]);
      }
      expect(spoilt).toBeGreaterThan(runs / 2);
    });
  }
});

test("two hundred thousand records are checked, sound ones and nothing but gaps", () => {
  const [count, watchers] = [20_000, 8];
  const room = "large";
  const keys = Array.from({ length: count }, (_, index) => `ann/${index}`);
  const publishers = keys.flatMap((key, index): PublisherRecord[] => [
    { kind: "asked", at: 2 * index, room, key },
    { kind: "acknowledged", at: 2 * index + 1, room, key, seq: index + 1 },
  ]);
  const entries = keys.map((key, index) => ({ seq: index + 1, key }));
  const logs = [{ room, epoch: "e1", entries }];
  const watch = (every: number) =>
    Array.from({ length: watchers }, (_, index) => ({
      observer: `watcher ${index}`,
      room,
      steps: [
        { kind: "joined", epoch: "e1", head: 0 } as const,
        ...entries
          .filter(({ seq }) => seq % every === 0)
          .map((entry) => ({ kind: "event", ...entry }) as const),
      ],
      completeTo: Number.POSITIVE_INFINITY,
    }));
  expect(checkPromises({ publishers, observers: watch(1), logs })).toEqual([]);
  const gaps = checkPromises({ publishers, observers: watch(2), logs });
  expect(gaps).toHaveLength((watchers * count) / 2);
});
