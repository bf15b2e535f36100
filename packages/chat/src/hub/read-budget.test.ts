import { expect, test } from "bun:test";
import { ReadBudget } from "./read-budget.ts";

const bounds = { readBurstBytes: 1_000, readRateBytes: 100 };

test("the burst is there at once, and not a byte more", () => {
  const budget = new ReadBudget(bounds, 0);
  expect(budget.reserve(600, 0)).toBe(0);
  expect(budget.reserve(400, 0)).toBe(0);
  expect(budget.reserve(1, 0)).toBe(10);
});

test("what is refused costs nothing, and is there when the wait is over", () => {
  const budget = new ReadBudget(bounds, 0);
  budget.reserve(1_000, 0);
  expect(budget.reserve(50, 100)).toBe(400);
  expect(budget.reserve(50, 490)).toBe(10);
  expect(budget.reserve(50, 500)).toBe(0);
});

test("what was not read is given back, and never makes more than a burst", () => {
  const budget = new ReadBudget(bounds, 0);
  budget.reserve(1_000, 0);
  budget.giveBack(700);
  expect(budget.reserve(700, 0)).toBe(0);
  budget.giveBack(5_000);
  expect(budget.reserve(1_000, 0)).toBe(0);
  expect(budget.reserve(1, 0)).toBeGreaterThan(0);
});

test("a read larger than the burst takes the whole burst instead of waiting for ever", () => {
  const budget = new ReadBudget(bounds, 0);
  expect(budget.reserve(9_000, 0)).toBe(0);
  expect(budget.reserve(9_000, 0)).toBe(10_000);
});

test("a clock that goes backwards adds nothing", () => {
  const budget = new ReadBudget(bounds, 1_000);
  budget.reserve(1_000, 1_000);
  expect(budget.reserve(100, 0)).toBe(1_000);
});
