import { expect, test } from "bun:test";
import fc from "fast-check";
import { type CommandCost, CostBudget } from "./cost-budget.ts";

const bounds = {
  workBurstUs: 1_000,
  workRateUs: 2_000,
  fanoutBurstBytes: 10_000,
  fanoutRateBytes: 20_000,
};
const work = (workUs: number) => ({ workUs, fanoutBytes: 0 });
const fanout = (fanoutBytes: number) => ({ workUs: 0, fanoutBytes });

/** Spends it if nothing has to be waited for; the milliseconds to wait. */
function take(budget: CostBudget, cost: CommandCost, now: number): number {
  const waitMs = budget.waitMs(now);
  if (waitMs === 0) budget.spend(cost);
  return waitMs;
}

test.each([
  ["work", work, 1_000],
  ["bytes to others", fanout, 10_000],
])("%s may be spent to the burst, overdrawn once, and waited for", (_what, cost, burst) => {
  const budget = new CostBudget(bounds, 0);
  expect(take(budget, cost(burst - 1), 0)).toBe(0);
  expect(take(budget, cost(burst + 1), 0)).toBe(0);
  // It owes a whole burst; what is refused wants a quarter of a second's worth beside: half of one.
  expect(budget.waitMs(0)).toBe(500);
  expect(budget.waitMs(0, cost(burst))).toBe(1_000);
  expect(budget.refuse(0)).toBe(750);
  expect([budget.isRefused(749), budget.isRefused(750)]).toEqual([true, false]);
  expect([budget.waitMs(750), budget.refuse(750, cost(burst))]).toEqual([0, 500]);
});

test("who was refused stays so, whatever it asks, until the wait it was told is over", () => {
  const budget = new CostBudget(bounds, 0);
  budget.spend(work(1_000));
  const waitMs = budget.refuse(0);
  expect(waitMs).toBe(250);
  expect(budget.waitMs(waitMs - 1)).toBe(0);
  expect(budget.isRefused(waitMs - 1)).toBe(true);
  expect(budget.isRefused(waitMs)).toBe(false);
  // Behind what is ahead of it, it waits for that too.
  budget.refuse(waitMs, work(500));
  expect(budget.isRefused(waitMs + 249, work(500))).toBe(true);
  expect(budget.isRefused(waitMs + 250, work(500))).toBe(false);
});

test("a rate of 0 is no limit, of either", () => {
  const budget = new CostBudget({ ...bounds, workRateUs: 0, fanoutRateBytes: 0 }, 0);
  for (let count = 0; count < 100; count += 1) {
    expect(take(budget, { workUs: 1e6, fanoutBytes: 1e9 }, 0)).toBe(0);
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
        if (take(budget, work(workUs), now) === 0) spent += workUs;
      }
      expect(spent).toBeLessThanOrEqual(1_000 + 2 * passedMs + 800);
      expect(budget.waitMs(now + budget.waitMs(now))).toBe(0);
      const refusedMs = budget.refuse(now);
      expect(budget.isRefused(now + refusedMs)).toBe(false);
    }),
  );
});
