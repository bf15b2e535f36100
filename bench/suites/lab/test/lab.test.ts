// The lab's plan: parts that exist, with arguments that their benchmarks take.

import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { benchDir } from "../../../harness/places.ts";
import { readBarOptions } from "../../bar/options.ts";
import { readClientOptions } from "../../client/options.ts";
import { readCurveOptions } from "../../curve/options.ts";
import { readFanoutOptions } from "../../fanout/options.ts";
import { readHistoryOptions } from "../../history/options.ts";
import { readIdleOptions } from "../../idle/options.ts";
import { readIsolationOptions } from "../../isolation/options.ts";
import { readLimitsOptions } from "../../limits/options.ts";
import { readResumeOptions } from "../../resume/options.ts";
import { readSlowOptions } from "../../slow/options.ts";
import { readStartOptions } from "../../start/options.ts";
import { readStormOptions } from "../../storm/options.ts";
import { readTrafficOptions } from "../../traffic/options.ts";
import { secondsLeft } from "../pace.ts";
import { parts } from "../parts.ts";

const readers: Readonly<Record<string, (args: string[]) => unknown>> = {
  bar: readBarOptions,
  client: readClientOptions,
  curve: readCurveOptions,
  fanout: readFanoutOptions,
  history: readHistoryOptions,
  idle: readIdleOptions,
  isolation: readIsolationOptions,
  limits: readLimitsOptions,
  resume: readResumeOptions,
  slow: readSlowOptions,
  start: readStartOptions,
  storm: readStormOptions,
  traffic: readTrafficOptions,
};

describe("the lab's part", () => {
  for (const [title, part] of Object.entries(parts)) {
    test(`${title} is a benchmark that takes its arguments`, () => {
      expect(existsSync(join(benchDir, "suites", part.name, "run.ts"))).toBe(true);
      for (const args of [part.args, part.quickArgs]) {
        expect(() => readers[part.name]?.([...args])).not.toThrow();
      }
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
