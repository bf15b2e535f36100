// Days and times as people type them.

import { expect, test } from "bun:test";
import { parseDate } from "./parse-date.ts";

/** A Monday. */
const now = new Date(2026, 10, 23, 9, 5, 30);
const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();
const parsed = (text: string) => parseDate(text, now.getTime());

test("a day begins at midnight, with a year or in the year that passes", () => {
  expect(parsed("2025-03-04")).toBe(at(2025, 2, 4));
  expect(parsed("11-22")).toBe(at(2026, 10, 22));
  expect(parsed(" 11-23 ")).toBe(at(2026, 10, 23));
  expect(parsed("12-24")).toBe(at(2025, 11, 24));
});

test("a time is of the day that is named, or of today", () => {
  expect(parsed("14:30")).toBe(at(2026, 10, 23, 14, 30));
  expect(parsed("2026-01-02 03:04")).toBe(at(2026, 0, 2, 3, 4));
  expect(parsed("2026-01-02T03:04")).toBe(at(2026, 0, 2, 3, 4));
  expect(parsed("yesterday 0:00")).toBe(at(2026, 10, 22));
});

test("a time is the one on the clock, on days of 23 and 25 hours as well", () => {
  for (let day = 1; day <= 365; day += 1) {
    const date = new Date(2026, 0, day);
    const written = `2026-${date.getMonth() + 1}-${date.getDate()} 14:30`;
    const found = new Date(parsed(written) ?? 0);
    expect([found.getHours(), found.getMinutes()]).toEqual([14, 30]);
  }
});

test("names of days are the last ones", () => {
  expect(parsed("today")).toBe(at(2026, 10, 23));
  expect(parsed("Yesterday")).toBe(at(2026, 10, 22));
  expect(parsed("sun")).toBe(at(2026, 10, 22));
  expect(parsed("monday")).toBe(at(2026, 10, 16));
  expect(parsed("Tue 10:00")).toBe(at(2026, 10, 17, 10, 0));
});

test("a while ago is counted from now", () => {
  const minute = 60_000;
  expect(["30m", "2h", "3d", "1 w"].map((text) => now.getTime() - (parsed(text) ?? 0))).toEqual([
    30 * minute,
    120 * minute,
    3 * 24 * 60 * minute,
    7 * 24 * 60 * minute,
  ]);
});

test("what is no day and no time is none", () => {
  const texts = [
    "",
    " ",
    "su",
    "someday",
    "13-01",
    "02-30",
    "24:00",
    "12:60",
    "3y",
    "1-2-3",
    ":",
    "999999d",
  ];
  for (const text of texts) expect([text, parsed(text)]).toEqual([text, null]);
});

test("the 29th of February without a year is the last one that there was", () => {
  const at = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();
  expect(parseDate("02-29", at(2026, 11, 30))).toBe(at(2024, 2, 29));
  expect(parseDate("02-29", at(2028, 2, 1))).toBe(at(2024, 2, 29));
  expect(parseDate("02-29", at(2103, 5, 1))).toBe(at(2096, 2, 29));
  expect([parseDate("02-30", at(2026, 5, 1)), parseDate("2026-02-29", at(2026, 5, 1))]).toEqual([
    null,
    null,
  ]);
});
