// Times as people read them, those of no calendar among them.

import { expect, test } from "bun:test";
import { clockTime, dayTime } from "./clock-time.ts";

test("a time is shown as a clock and a calendar show it", () => {
  const at = new Date(2026, 10, 22, 9, 5, 7).getTime();
  expect(clockTime(at)).toBe("09:05:07");
  expect(dayTime(at)).toBe("2026-11-22 09:05");
});

test("a time that no calendar has is no error", () => {
  for (const at of [9e15, -9e15, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(clockTime(at)).toBe("--:--:--");
    expect(dayTime(at)).toBe("some day --:--");
  }
});
