// The order of steps, and what steps share.

import { describe, expect, test } from "bun:test";
import { inRounds, interleave, type Step, sharing } from "./rounds.ts";

test("each round begins with another candidate, and has all of them", () => {
  expect([0, 1, 2, 3].map((round) => interleave(["a", "b", "c"], round).join(""))).toEqual([
    "abc",
    "bca",
    "cab",
    "abc",
  ]);
  expect(interleave([], 3)).toEqual([]);
});

test("a step says its round, also where a case has several", () => {
  const stepsOf = (name: string): Step<string>[] =>
    ["x", "y"].map((what) => ({ what: name + what, measure: async () => name }));
  expect(inRounds(2, ["a", "b"], stepsOf).map(({ what }) => what)).toEqual([
    ...["round 1, ax", "round 1, ay", "round 1, bx", "round 1, by"],
    ...["round 2, bx", "round 2, by", "round 2, ax", "round 2, ay"],
  ]);
});

describe("what steps share", () => {
  const recorded = (fails = -1) => {
    const log: string[] = [];
    const open = async () => {
      log.push("open");
      return "it";
    };
    const steps = [0, 1, 2].map((index) => ({
      what: `${index}`,
      async measure(shared: string) {
        log.push(`${index} with ${shared}`);
        if (index === fails) throw new Error("no");
        return index;
      },
    }));
    return { log, steps: sharing(open, async () => void log.push("close"), steps) };
  };

  test("is opened by the first, and closed after the last", async () => {
    const { log, steps } = recorded();
    expect(log).toEqual([]);
    for (const { measure } of steps) await measure();
    expect(log).toEqual(["open", "0 with it", "1 with it", "2 with it", "close"]);
  });

  test("is closed when one of them fails", async () => {
    const { log, steps } = recorded(1);
    await steps[0]?.measure();
    await expect(steps[1]?.measure()).rejects.toThrow("no");
    expect(log).toEqual(["open", "0 with it", "1 with it", "close"]);
  });
});
