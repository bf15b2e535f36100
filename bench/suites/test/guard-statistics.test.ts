// The guard's statistics against what is known of them, and against noise with a seed.

import { describe, expect, test } from "bun:test";
import { SeededRandom } from "@maru/testkit";
import fc from "fast-check";
import {
  centreOf,
  intervalOf,
  judgePairs,
  type Pair,
  signFlipP,
  type Word,
} from "../guard/verdict.ts";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const anyValues = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
  minLength: 1,
  maxLength: 15,
});

describe("the interval", () => {
  test("is the one in the tables of Wilcoxon's signed ranks", () => {
    // n = 12, 5 %: the critical sum is 13, so 14 means of pairs are cut off on either side.
    const means = upTo(12)
      .flatMap((one) => upTo(12).map((other) => [one, other] as const))
      .filter(([one, other]) => one <= other)
      .map(([one, other]) => (one + other) / 2)
      .sort((a, b) => a - b);
    const { low, high } = intervalOf(upTo(12), 0.05);
    expect(low).toBe(means[13] as number);
    expect(high).toBe(means[means.length - 14] as number);
  });

  test("has no ends where there are too few pairs for the confidence", () => {
    expect(intervalOf(upTo(5), 0.05)).toEqual({ low: -Infinity, high: Infinity });
    expect(intervalOf(upTo(6), 0.05)).toEqual({ low: 1, high: 6 });
  });

  test("holds the centre, moves with the values, and grows with the confidence", () => {
    fc.assert(
      fc.property(anyValues, fc.integer({ min: -5, max: 5 }), (values, shift) => {
        const centre = centreOf(values);
        const { low, high } = intervalOf(values, 0.05);
        expect(low).toBeLessThanOrEqual(centre);
        expect(high).toBeGreaterThanOrEqual(centre);
        const wider = intervalOf(values, 0.01);
        expect(wider.low).toBeLessThanOrEqual(low);
        expect(wider.high).toBeGreaterThanOrEqual(high);
        const moved = intervalOf(
          values.map((value) => value + shift),
          0.05,
        );
        if (Number.isFinite(low)) expect(moved.low).toBeCloseTo(low + shift, 9);
      }),
    );
  });
});

describe("the sign-flip test", () => {
  test("counts the sign patterns that are as far from 0", () => {
    expect(signFlipP([1, 1, 1, 1], 1)).toBe(2 / 16);
    expect(signFlipP([1, -1], 1)).toBe(1);
    expect(signFlipP([], 1)).toBe(1);
  });

  test("does not care which of the two was first, nor by what the values are multiplied", () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const p = signFlipP(values, 1);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(
          signFlipP(
            values.map((value) => -4 * value),
            1,
          ),
        ).toBe(p);
      }),
      { numRuns: 30 },
    );
  });

  test("says the same for the same seed when it draws patterns by chance", () => {
    const values = upTo(20).map((value) => value - 8);
    expect(signFlipP(values, 5)).toBe(signFlipP(values, 5));
    expect(signFlipP(values, 5)).toBeCloseTo(signFlipP(values, 6), 1);
  });
});

describe("the word", () => {
  const question = { isMoreBetter: true, alpha: 0.05 / 16, seed: 1 };

  /** How often each word is said of 12 pairs whose runs scatter by `noise`, shifted by `ratio`. */
  function wordsOf(ratio: number, noise: number, trials: number): Record<Word, number> {
    const random = new SeededRandom(42);
    const normal = () =>
      Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction());
    const words: Record<Word, number> = { faster: 0, same: 0, slower: 0, "can't tell": 0 };
    for (let trial = 0; trial < trials; trial++) {
      const pairs: Pair[] = upTo(12).map(() => {
        const hour = 1e6 * Math.exp(0.3 * normal()); // both of a pair are in the same slow minute
        const run = (of: number) => of * Math.exp((noise / Math.SQRT2) * normal());
        return { before: run(hour), now: run(hour * ratio) };
      });
      words[judgePairs(pairs, question).word] += 1;
    }
    return words;
  }

  test("is neither faster nor slower, but at the stated rate, when nothing has changed", () => {
    const { faster, slower, same } = wordsOf(1, 0.05, 1_000);
    // 1000 · 0.05/16 ≈ 3 are allowed on average; 10 would be 4 deviations away.
    expect(faster + slower).toBeLessThanOrEqual(9);
    expect(same).toBeGreaterThan(900);
  });

  test("finds a planted 20 % in noise of 10 % nine times out of ten", () => {
    expect(wordsOf(1.2, 0.1, 300).faster).toBeGreaterThan(270);
    expect(wordsOf(1 / 1.2, 0.1, 300).slower).toBeGreaterThan(270);
  });

  test("admits that it can't tell in noise of 50 %", () => {
    expect(wordsOf(1, 0.5, 100)["can't tell"]).toBeGreaterThan(95);
  });

  test("turns round where less of a figure is better", () => {
    const pairs = upTo(12).map((each) => ({ before: 100 + each, now: 150 }));
    expect(judgePairs(pairs, question).word).toBe("faster");
    expect(judgePairs(pairs, { ...question, isMoreBetter: false }).word).toBe("slower");
  });

  test("is same for a change of less than 3 %, however sure it is", () => {
    const pairs = upTo(12).map((each) => ({ before: 1_000 + each, now: 1_015 + each }));
    expect(judgePairs(pairs, question)).toMatchObject({ word: "same", pairs: 12 });
  });

  test("is not same where 0 is only the edge of a clear change", () => {
    // From −17 % to 0 %: narrower than 20 %, and yet it must not be called the same.
    const ratios = [1, 0.83, 1, 0.84, 1, 0.85, 1, 0.86, 0.83, 0.84, 0.83, 0.85];
    const pairs = ratios.map((ratio) => ({ before: 1_000, now: 1_000 * ratio }));
    expect(judgePairs(pairs, question).word).toBe("can't tell");
  });

  test("leaves out pairs without a figure, and says how many there were", () => {
    const pairs = [
      { before: 0, now: 1 },
      { before: Number.NaN, now: 1 },
      { before: 1, now: 1 },
    ];
    expect(judgePairs(pairs, question)).toMatchObject({ word: "can't tell", pairs: 1 });
  });
});
