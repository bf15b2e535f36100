import { expect, test } from "bun:test";
import { SeededRandom } from "./seeded-random.ts";
import { VirtualClock } from "./virtual-clock.ts";

test("runs timers when they are due, in order of time and then of setting", () => {
  const clock = new VirtualClock(1000);
  const ran: [string, number][] = [];
  const note = (name: string) => () => ran.push([name, clock.nowMs()]);
  clock.after(30, note("late"));
  clock.after(10, note("first"));
  clock.after(10, note("second"));
  clock.advance(9);
  expect(ran).toEqual([]);
  clock.advance(1);
  clock.advance(100);
  expect(ran).toEqual([
    ["first", 1010],
    ["second", 1010],
    ["late", 1030],
  ]);
  expect(clock.nowMs()).toBe(1110);
  expect(clock.pending).toBe(0);
});

test("keeps that order among thousands that set each other", () => {
  const random = new SeededRandom(7);
  const clock = new VirtualClock();
  const ran: { atMs: number; order: number }[] = [];
  let order = 0;
  const set = () => {
    const mine = order;
    order += 1;
    clock.after(random.below(20), () => {
      ran.push({ atMs: clock.nowMs(), order: mine });
      if (order < 2_000) set();
      if (order < 2_000 && random.chance(0.3)) set();
    });
  };
  for (let count = 0; count < 50; count += 1) set();
  while (clock.next(Number.MAX_SAFE_INTEGER));
  expect(ran.length).toBe(order);
  expect(clock.steps).toBe(order);
  for (const [at, now] of ran.entries()) {
    const before = ran[at - 1];
    if (before === undefined) continue;
    expect(now.atMs).toBeGreaterThanOrEqual(before.atMs);
    if (now.atMs === before.atMs) expect(now.order).toBeGreaterThan(before.order);
  }
});

test("a timer set by a timer runs in the same advance when it is due in it", () => {
  const clock = new VirtualClock();
  const ran: number[] = [];
  clock.after(5, () => {
    ran.push(clock.nowMs());
    clock.after(5, () => ran.push(clock.nowMs()));
  });
  clock.advance(10);
  expect(ran).toEqual([5, 10]);
});

test("runs one at a time, nothing that was taken back, and lets the time pass where nothing is due", () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  const takeBack = clock.after(5, () => ran.push("five"));
  const seven = clock.after(7, () => ran.push("seven"));
  takeBack();
  takeBack();
  expect(clock.pending).toBe(1);
  expect(clock.next(6)).toBe(false);
  expect(clock.nowMs()).toBe(6);
  expect(clock.next(10)).toBe(true);
  expect(clock.nowMs()).toBe(7);
  seven();
  expect(clock.pending).toBe(0);
  expect(clock.next(10)).toBe(false);
  expect([ran, clock.nowMs(), clock.steps]).toEqual([["seven"], 10, 1]);
});

test("a clock set back runs nothing and keeps what is due", () => {
  const clock = new VirtualClock(1000);
  const ran: number[] = [];
  clock.after(10, () => ran.push(clock.nowMs()));
  clock.setNow(500);
  clock.advance(509);
  expect(ran).toEqual([]);
  clock.advance(1);
  expect(ran).toEqual([1010]);
  expect(() => clock.advance(-1)).toThrow("backwards");
});
