import { expect, test } from "bun:test";
import { VirtualClock } from "./virtual-clock.ts";

test("runs timers when they are due, in order of time and then of setting", () => {
  const clock = new VirtualClock(1000);
  const ran: [string, number][] = [];
  const note = (name: string) => () => ran.push([name, clock.now()]);
  clock.setTimeout(note("late"), 30);
  clock.setTimeout(note("first"), 10);
  clock.setTimeout(note("second"), 10);
  clock.advance(9);
  expect(ran).toEqual([]);
  clock.advance(1);
  clock.advance(100);
  expect(ran).toEqual([
    ["first", 1010],
    ["second", 1010],
    ["late", 1030],
  ]);
  expect(clock.now()).toBe(1110);
  expect(clock.pending).toBe(0);
});

test("a timer set by a timer runs in the same advance when it is due in it", () => {
  const clock = new VirtualClock();
  const ran: number[] = [];
  clock.setTimeout(() => {
    ran.push(clock.now());
    clock.setTimeout(() => ran.push(clock.now()), 5);
  }, 5);
  clock.advance(10);
  expect(ran).toEqual([5, 10]);
});

test("a repeating timer runs each time until it is cleared, by itself too", () => {
  const clock = new VirtualClock();
  const ran: number[] = [];
  const id = clock.setInterval(() => {
    ran.push(clock.now());
    if (ran.length === 3) clock.clear(id);
  }, 10);
  clock.advance(100);
  expect(ran).toEqual([10, 20, 30]);
  expect(clock.nextDueMs).toBeNull();
});

test("a clock set back runs nothing and keeps what is due", () => {
  const clock = new VirtualClock(1000);
  clock.setTimeout(() => {}, 10);
  clock.setNow(500);
  expect(clock.now()).toBe(500);
  expect(clock.nextDueMs).toBe(1010);
  expect(() => clock.advance(-1)).toThrow("backwards");
});
