// What a fresh result replaces: what no page would show any more.

import { expect, test } from "bun:test";
import { join } from "node:path";
import { createScratchDir } from "../harness/places.ts";
import type { Kept } from "../harness/record.ts";
import { findResult, replacedBy } from "./keep.ts";
import { sample } from "./test/sample-kept.ts";

const result = (minute: number, ...rows: string[]): Kept => {
  const taken = sample("bar", rows, {}, `2026-11-22T10:0${minute}:00.000Z`);
  return { ...taken, file: `bar-${minute}.json` };
};
/** A page that shows each row of the newest result that has it. */
const render = (kept: readonly Kept[]): string => {
  const shown = new Map<unknown, string>();
  for (const { measurements, file } of kept) {
    for (const row of measurements) if (!shown.has(row)) shown.set(row, file);
  }
  return JSON.stringify([...shown].sort());
};

test("a result replaces those of which nothing is left on the pages", () => {
  const [old, half, other] = [result(1, "a"), result(2, "a", "b"), sample("idle", ["a"])];
  expect(replacedBy(result(3, "a"), [half, old, other], render)).toEqual([old]);
  expect(replacedBy(result(3, "a", "b"), [half, old, other], render)).toEqual([half, old]);
  expect(replacedBy(result(0, "a"), [half, old], render)).toEqual([]);
});

test("a result is found by its file, or as the newest of a benchmark", async () => {
  using dir = createScratchDir();
  for (const each of [result(1, "a"), result(2, "b")]) {
    await Bun.write(join(dir.path, each.file), JSON.stringify(each));
  }
  expect(findResult(dir.path, "bench/results/bar-1.json").measurements).toEqual(["a"]);
  expect(findResult(dir.path, "bar").measurements).toEqual(["b"]);
  expect(() => findResult(dir.path, "idle")).toThrow('no result "idle"');
});
