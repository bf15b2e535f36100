// The pace of sends, on a clock of numbers.

import { expect, test } from "bun:test";
import { Pacer } from "./pacer.ts";

function sendAll(pacer: Pacer, count: number, fromMs: number): number[] {
  const sentAtMs: number[] = [];
  let nowMs = fromMs;
  while (sentAtMs.length < count) {
    const waitMs = pacer.waitMs(nowMs);
    nowMs += waitMs;
    if (waitMs > 0) continue;
    pacer.take(nowMs);
    sentAtMs.push(nowMs);
  }
  return sentAtMs;
}

test("sends half the burst at once and the rest a little below the rate", () => {
  const pacer = new Pacer();
  pacer.configure(10, 6, 0);
  expect(sendAll(pacer, 6, 0)).toEqual([0, 0, 0, 106, 211, 316]);
});

test("never exceeds what a bucket of the announced size allows, whatever the moment", () => {
  const pacer = new Pacer();
  pacer.configure(20, 10, 0);
  const times = sendAll(pacer, 400, 0);
  let level = 0;
  let lastMs = 0;
  for (const atMs of times) {
    level = Math.max(0, level - ((atMs - lastMs) * 20) / 1000) + 1;
    lastMs = atMs;
    expect(level).toBeLessThanOrEqual(10);
  }
});

test("a rate of zero is no limit", () => {
  const pacer = new Pacer();
  pacer.configure(0, 0, 0);
  expect(sendAll(pacer, 1000, 5)).toEqual(Array(1000).fill(5));
});

test("waits as long as a refusal says, and goes on slowly", () => {
  const pacer = new Pacer();
  pacer.configure(10, 20, 0);
  pacer.refused(500, 0);
  expect(pacer.waitMs(0)).toBe(500);
  expect(sendAll(pacer, 3, 0)).toEqual([500, 606, 711]);
});
