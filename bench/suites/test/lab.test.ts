// The lab's plan: parts that exist, with arguments that their benchmarks take.

import { describe, expect, test } from "bun:test";
import { readValues } from "../../harness/command-line.ts";
import { tasks } from "../../tasks.ts";
import { secondsLeft } from "../lab.ts";
import { parts } from "../lab-parts.ts";

describe("the lab's part", () => {
  for (const [title, part] of Object.entries(parts)) {
    test(`${title} is a benchmark that takes its arguments`, () => {
      const benchmark = tasks.find(({ name }) => name === part.name);
      for (const args of [part.args, part.quickArgs]) {
        expect(() => benchmark && readValues(benchmark, args)).not.toThrow();
      }
      expect(benchmark).toBeDefined();
    });
  }
});

test("a quick lab is said to take five minutes at most", () => {
  const seconds = Object.values(parts).reduce((sum, { quickSeconds }) => sum + quickSeconds, 0);
  expect(seconds).toBeLessThanOrEqual(300);
});

describe("the time that is left", () => {
  test("is what was said before anything is done", () => {
    expect(secondsLeft([], 90)).toBe(90);
  });

  test("is longer when the parts before took longer than was said", () => {
    const done = [
      { said: 10, took: 30 },
      { said: 20, took: 30 },
    ];
    expect(secondsLeft(done, 90)).toBe(180);
  });
});
