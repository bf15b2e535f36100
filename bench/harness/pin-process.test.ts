// Only the reading of core lists: pinning needs a tool that not every machine has.

import { expect, test } from "bun:test";
import { coresOf, readCoreList } from "./pin-process.ts";

test("a list of cores has gaps where the process has", () => {
  expect(readCoreList("0-2,5,8-9")).toEqual([0, 1, 2, 5, 8, 9]);
  expect(readCoreList("3")).toEqual([3]);
  expect(readCoreList("")).toEqual([]);
});

test("a running process has at least one core", () => {
  expect(coresOf(process.pid).length).toBeGreaterThan(0);
});
