// How /proc/stat is read.

import { expect, test } from "bun:test";
import { idleShare, parseCoreTicks, stolenShare } from "./usage.ts";

test("waiting for the disk is idle, and what a guest of ours used is not counted twice", () => {
  const before = parseCoreTicks("cpu  100 0 50 800 40 0 5 5 70 0\ncpu0 1 2 3\n");
  expect(before).toEqual({ all: 1_000, idle: 840, stolen: 5 });
  const after = parseCoreTicks("cpu  180 0 50 820 40 0 5 5 70 0\n");
  expect(idleShare(before, after)).toBe(0.2);
  expect(idleShare(before, before)).toBe(1);
  const stolen = parseCoreTicks("cpu  150 0 50 800 40 0 5 55 70 0\n");
  expect(stolenShare(before, stolen)).toBe(0.5);
});
