import { expect, test } from "bun:test";
import fc from "fast-check";
import { Allowance } from "./allowance.ts";

test("it is open until the burst is spent, and again when the overdraft has been waited for", () => {
  const allowance = new Allowance({ perSecond: 100, burst: 50 }, 0);
  allowance.spend(49);
  expect(allowance.isOpen(0)).toBe(true);
  allowance.spend(51);
  expect(allowance.isOpen(0)).toBe(false);
  expect(allowance.isOpen(500)).toBe(false);
  expect(allowance.isOpen(501)).toBe(true);
});

test("it never holds more than its burst, and a clock that goes back adds nothing", () => {
  const allowance = new Allowance({ perSecond: 100, burst: 50 }, 1_000);
  expect(allowance.isFull(100_000)).toBe(true);
  allowance.spend(50);
  expect(allowance.isFull(100_000)).toBe(false);
  expect(allowance.isOpen(99_000)).toBe(false);
});

test("whatever is spent and when, it comes to no more than the burst, the rate and one overdraft", () => {
  const step = fc.record({ afterMs: fc.nat(2_000), units: fc.integer({ min: 1, max: 500 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const allowance = new Allowance({ perSecond: 100, burst: 200 }, 0);
      let [nowMs, spent] = [0, 0];
      for (const { afterMs, units } of steps) {
        nowMs += afterMs;
        if (!allowance.isOpen(nowMs)) continue;
        allowance.spend(units);
        spent += units;
      }
      expect(spent).toBeLessThan(200 + nowMs / 10 + 500);
    }),
  );
});
