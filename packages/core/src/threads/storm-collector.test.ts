import { expect, test } from "bun:test";
import { StormCollector } from "./storm-collector.ts";

/** The looks, from 0, after which something was collected. */
function collections(opens: readonly number[]): number[] {
  const found: number[] = [];
  let look = 0;
  const collector = new StormCollector(() => found.push(look));
  for (const open of opens) {
    collector.look(open);
    look += 1;
  }
  return found;
}

test("a storm is cleared up after once, when it is over", () => {
  expect(collections([0, 4_000, 9_000, 10_000, 10_000, 10_000])).toEqual([4]);
});

test("those who leave leave something behind too", () => {
  expect(collections([10_000, 10_000, 3_000, 0, 0, 0])).toEqual([1, 4]);
});

test("a few who come and go are no storm", () => {
  expect(collections([0, 255, 255, 0, 255, 255])).toEqual([]);
  expect(collections([0, 256, 256])).toEqual([2]);
  expect(collections([10_000, 10_000, 12_000, 12_000, 12_500, 12_500])).toEqual([1, 5]);
});

test("a crowd that never stands still does not hinder it", () => {
  expect(collections([0, 10_000, 10_050, 9_980])).toEqual([2]);
});
