import { expect, test } from "bun:test";
import fc from "fast-check";
import { CostBudget } from "./cost-budget.ts";

const bounds = {
  workBurstUs: 1_000,
  workRateUs: 2_000,
  fanoutBurstBytes: 10_000,
  fanoutRateBytes: 20_000,
};
const work = (workUs: number) => ({ workUs, fanoutBytes: 0 });
const fanout = (fanoutBytes: number) => ({ workUs: 0, fanoutBytes });

test.each([
  ["work", work, 1_000],
  ["bytes to others", fanout, 10_000],
])("%s may be spent to the burst, overdrawn once, and waited for", (_what, cost, burst) => {
  const budget = new CostBudget(bounds, 0);
  expect(budget.take(cost(burst - 1), 0)).toBe(0);
  expect(budget.take(cost(burst + 1), 0)).toBe(0);
  // It owes a whole burst, and what is refused wants a quarter of a second's worth: half of one.
  expect(budget.take(cost(1), 0)).toBe(750);
  expect(budget.take(cost(1), 749)).toBe(1);
  expect(budget.take(cost(1), 750)).toBe(0);
});

test("who was refused is refused a smaller cost too, until the wait it was told is over", () => {
  const budget = new CostBudget(bounds, 0);
  budget.take(work(1_000), 0);
  const waitMs = budget.take(work(900), 0);
  expect(waitMs).toBe(250);
  expect(budget.take(work(0), waitMs - 1)).toBeGreaterThan(0);
  expect(budget.take(work(900), waitMs)).toBe(0);
});

test("a rate of 0 is no limit, of either", () => {
  const budget = new CostBudget({ ...bounds, workRateUs: 0, fanoutRateBytes: 0 }, 0);
  for (let count = 0; count < 100; count += 1) {
    expect(budget.take({ workUs: 1e6, fanoutBytes: 1e9 }, 0)).toBe(0);
  }
});

test("no schedule gets more through than burst, rate and one overdraft allow, and a told wait is enough", () => {
  const step = fc.record({ afterMs: fc.integer({ min: -50, max: 400 }), workUs: fc.nat(800) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const budget = new CostBudget(bounds, 0);
      let [now, last, spent, passedMs] = [0, 0, 0, 0];
      for (const { afterMs, workUs } of steps) {
        now += afterMs;
        passedMs += Math.max(0, now - last);
        last = now;
        const waitMs = budget.take(work(workUs), now);
        if (waitMs === 0) spent += workUs;
      }
      expect(spent).toBeLessThanOrEqual(1_000 + 2 * passedMs + 800);
      const waitMs = budget.take(work(1), now);
      if (waitMs > 0) expect(budget.take(work(1), now + waitMs)).toBe(0);
    }),
  );
});
