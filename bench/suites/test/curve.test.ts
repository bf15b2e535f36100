// The curve's plan and its table; the measuring is the fan-out's.

import { describe, expect, test } from "bun:test";
import { readValues } from "../../harness/command-line.ts";
import { tableOf } from "../../harness/table.ts";
import type { Figures } from "../../load/measurement.ts";
import { base, type Dimension, dimensionNames, dimensions } from "../curve/dimensions.ts";
import { curve, curveColumns, middleOf, oursIn } from "../curve.ts";

describe("a dimension", () => {
  for (const name of dimensionNames) {
    const dimension: Dimension = dimensions[name];

    test(`${name} has settings that can be played at every point`, () => {
      for (const x of [...dimension.xs, ...dimension.quickXs]) {
        const setting = dimension.at(x);
        expect(setting.talkers).toBeLessThanOrEqual(setting.members);
        expect(setting.rooms * setting.members + setting.idle).toBeLessThanOrEqual(10_000);
      }
    });
  }

  test("goes through the base, but for those that are about something else", () => {
    const without = dimensionNames.filter((name) => {
      const dimension: Dimension = dimensions[name];
      return !dimension.xs.some((x) => Bun.deepEquals(dimension.at(x), base));
    });
    expect(without).toEqual(["rooms", "history"]);
  });
});

describe("a point", () => {
  const figures = {
    deliveriesPerSecond: 2_000,
    serverCpuUsPerDelivery: 0.5,
    p50Ms: 1,
    p99Ms: 2,
    generatorCpuSeconds: 1,
    seconds: 2,
    missing: 1,
  } as Figures;

  test("is the median of its rounds; what went missing is added up", () => {
    const faster = { ...figures, deliveriesPerSecond: 4_000 };
    expect(middleOf([figures, faster, faster])).toEqual({
      deliveriesPerSecond: 4_000,
      serverCpuUsPerDelivery: 0.5,
      p50Ms: 1,
      p99Ms: 2,
      generatorShare: 0.5,
      missing: 3,
      rounds: 3,
    });
  });

  test("is set against the reference at the same x", () => {
    const at = (x: number, candidate: string, deliveriesPerSecond: number) => ({
      dimension: "members",
      x,
      candidate,
      figures: middleOf([{ ...figures, deliveriesPerSecond }]),
    });
    const points = [
      at(10, "maru:0", 50),
      at(10, "coalescing", 100),
      at(20, "coalescing", 7),
      at(30, "maru:0", 9),
    ];
    const rows = tableOf(curveColumns("members", points), oursIn(points), "terminal")
      .split("\n")
      .map((line) => line.trim().split(/ {2,}/).slice(0, 3));
    expect(rows.slice(1)).toEqual([
      ["10", "50", "0.50"],
      ["30", "9", "–"],
    ]);
  });
});

test("the curve's options name all dimensions unless told some", () => {
  expect(readValues(curve, [])).toMatchObject({ dimensions: dimensionNames, rounds: 3 });
  expect(readValues(curve, ["--dimensions", "bytes"]).dimensions).toEqual(["bytes"]);
  expect(() => readValues(curve, ["--dimensions", "depth"])).toThrow("depth");
});
