// What becomes of a duration before a runtime's timer is made of it.

import { afterEach, expect, mock, spyOn, test } from "bun:test";
import { startInterval, startTimer, timerMsMax } from "./timer.ts";

afterEach(() => {
  mock.restore();
});

const noop = () => {};

/** The delay that the runtime was asked for. */
function delayOf(kind: "setTimeout" | "setInterval", ms: number): number | undefined {
  const made = spyOn(globalThis, kind);
  const cancel = (kind === "setTimeout" ? startTimer : startInterval)(ms, noop);
  cancel();
  const delay = made.mock.calls[0]?.[1];
  made.mockRestore();
  return delay;
}

const bounds: readonly [given: number, delay: number, period: number][] = [
  [Number.NEGATIVE_INFINITY, 0, 1],
  [-1, 0, 1],
  [0, 0, 1],
  [0.2, 1, 1],
  [1.5, 2, 2],
  [timerMsMax - 0.5, timerMsMax, timerMsMax],
  [timerMsMax, timerMsMax, timerMsMax],
  [timerMsMax + 1, timerMsMax, timerMsMax],
  [2 ** 32 + 5, timerMsMax, timerMsMax],
  [Number.MAX_VALUE, timerMsMax, timerMsMax],
  [Number.POSITIVE_INFINITY, timerMsMax, timerMsMax],
];

test.each(bounds)("of %p ms a runtime's timer gets what it can hold", (given, delay, period) => {
  expect(delayOf("setTimeout", given)).toBe(delay);
  expect(delayOf("setInterval", given)).toBe(period);
});

test("what is no number is a bug, and no timer at all", () => {
  expect(() => startTimer(Number.NaN, noop)).toThrow(RangeError);
  expect(() => startInterval(Number.NaN, noop)).toThrow(RangeError);
});

test("a timer runs once, an interval again and again, neither once it is cancelled", async () => {
  const said: string[] = [];
  const over = Promise.withResolvers<void>();
  startTimer(0, () => said.push("never"))();
  startTimer(0, () => said.push("once"));
  const stop = startInterval(1, () => {
    said.push("again");
    if (said.length < 4) return;
    stop();
    startTimer(5, over.resolve);
  });
  await over.promise;
  expect(said.sort()).toEqual(["again", "again", "again", "once"]);
});
