// When memory is given back.

import { expect, test } from "bun:test";
import { burstEvents, IdleCollector, quietMs } from "./idle-collector.ts";

function fixture() {
  let count = 0;
  const collector = new IdleCollector(() => {
    count += 1;
  });
  const burst = (events: number, atMs: number) => {
    for (let each = 0; each < events; each += 1) collector.noted(atMs);
  };
  return { collector, burst, count: () => count };
}

test("collects once after a burst, when it has been quiet for a while", () => {
  const { collector, burst, count } = fixture();
  burst(burstEvents, 1_000);
  collector.ticked(1_000 + quietMs - 1);
  expect(count()).toBe(0);
  collector.ticked(1_000 + quietMs);
  collector.ticked(9_000_000);
  expect(count()).toBe(1);
});

test("does nothing after less than a burst, nor while something happens", () => {
  const { collector, burst, count } = fixture();
  burst(burstEvents - 1, 1_000);
  collector.ticked(1_000_000);
  expect(count()).toBe(0);
  burst(1, 1_000_000);
  collector.ticked(1_000_001);
  expect(count()).toBe(0);
});
