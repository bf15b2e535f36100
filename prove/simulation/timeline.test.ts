import { expect, test } from "bun:test";
import { SeededRandom } from "@maru/testkit";
import { Timeline } from "./timeline.ts";

test("runs what is due in order of time, and in the order of setting where times are equal", () => {
  const random = new SeededRandom(7);
  const timeline = new Timeline();
  const ran: { atMs: number; order: number }[] = [];
  let order = 0;
  const set = () => {
    const mine = order;
    order += 1;
    timeline.after(random.below(20), () => {
      ran.push({ atMs: timeline.nowMs, order: mine });
      if (order < 2_000) set();
      if (order < 2_000 && random.chance(0.3)) set();
    });
  };
  for (let count = 0; count < 50; count += 1) set();
  while (timeline.next(Number.MAX_SAFE_INTEGER));
  expect(ran.length).toBe(order);
  expect(timeline.step).toBe(order);
  for (const [at, now] of ran.entries()) {
    const before = ran[at - 1];
    if (before === undefined) continue;
    expect(now.atMs).toBeGreaterThanOrEqual(before.atMs);
    if (now.atMs === before.atMs) expect(now.order).toBeGreaterThan(before.order);
  }
});

test("runs nothing that was taken back, and lets the time pass where nothing is due", () => {
  const timeline = new Timeline();
  const ran: string[] = [];
  timeline.after(5, () => ran.push("five"))();
  timeline.after(7, () => ran.push("seven"));
  expect(timeline.next(6)).toBe(false);
  expect(timeline.nowMs).toBe(6);
  expect(timeline.next(10)).toBe(true);
  expect(timeline.nowMs).toBe(7);
  expect(timeline.next(10)).toBe(false);
  expect([ran, timeline.nowMs]).toEqual([["seven"], 10]);
});
