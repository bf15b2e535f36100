import { describe, expect, test } from "bun:test";
import type { Line, LinePanel } from "./line-layout.ts";
import { crowded, moveApart, niceStep, rangeOf, shareOf, ticksOf } from "./line-layout.ts";

const axis = (scale: "linear" | "log") => ({ name: "", scale, format: String });
const line = (...points: readonly (readonly [number, number])[]): Line => ({
  name: "a",
  role: "ours",
  isLabelled: true,
  points,
});
const panel = (scale: "linear" | "log", ...ys: number[]): LinePanel => ({
  title: "",
  x: axis("linear"),
  y: axis(scale),
  lines: [line(...ys.map((y, x) => [x, y] as const))],
});

describe("the range of an axis", () => {
  test("begins at zero where it is linear, and ends above the highest value at a whole step", () => {
    expect(rangeOf(panel("linear", 0.6, 3.1))).toEqual({ min: 0, max: 4, interval: 1 });
  });

  test("is whole powers of ten where it is logarithmic, and no value lies on its edge", () => {
    expect(rangeOf(panel("log", 0.1, 30))).toEqual({ min: 0.01, max: 100 });
  });

  test("has the limit in it", () => {
    const limited = { ...panel("log", 2, 3), limit: { value: 100, label: "" } };
    expect(rangeOf(limited).max).toBe(1_000);
  });

  test("is divided as its scale says", () => {
    expect(shareOf(2, { min: 0, max: 4 }, axis("linear"))).toBe(0.5);
    expect(shareOf(10, { min: 1, max: 100 }, axis("log"))).toBeCloseTo(0.5);
  });
});

test("steps are 1, 2, 2.5 or 5 times a power of ten", () => {
  expect([0.08, 1, 1.1, 2.2, 30, 70].map(niceStep)).toEqual([0.1, 1, 2, 2.5, 50, 100]);
});

test("labels that would touch are left out, never the last", () => {
  const quiet = crowded([line([10, 1], [11, 1], [100, 1], [950, 1], [1_000, 1])], axis("log"));
  expect([...quiet]).toEqual([11, 950]);
});

test("ticks are the measured values, or round ones where those are many", () => {
  expect(ticksOf([3, 70], "log")).toEqual([3, 70]);
  const many = Array.from({ length: 12 }, (_, index) => 3 + index * 5);
  expect(ticksOf(many, "log")).toEqual([5, 10, 20, 50]);
});

test("names are moved apart and stay in their place otherwise", () => {
  const within = { min: 0, max: 100, apart: 15 };
  expect(moveApart([10, 50, 90], within)).toEqual([10, 50, 90]);
  expect(moveApart([90, 95, 99], within)).toEqual([70, 85, 100].map((each) => each - 1));
  expect(moveApart([0, 1, 2], within)).toEqual([0, 15, 30]);
});
