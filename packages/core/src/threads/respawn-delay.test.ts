import { expect, test } from "bun:test";
import { RespawnDelay } from "./respawn-delay.ts";

test("one crash costs no time, crash upon crash ever more, up to a second", () => {
  const delay = new RespawnDelay(() => 10_000);
  const waits = Array.from({ length: 9 }, () => {
    delay.started();
    return delay.lost();
  });
  expect(waits).toEqual([0, 50, 100, 200, 400, 800, 1_000, 1_000, 1_000]);
});

test("a worker that lasted more than five seconds is followed at once", () => {
  let nowMs = 0;
  const delay = new RespawnDelay(() => nowMs);
  const lostAfter = (lifeMs: number) => {
    delay.started();
    nowMs += lifeMs;
    return delay.lost();
  };
  expect([5_000, 5_000, 5_000].map(lostAfter)).toEqual([0, 50, 100]);
  expect([5_001, 5_000, 5_000].map(lostAfter)).toEqual([0, 0, 50]);
});
