import { expect, test } from "bun:test";
import type { NameKey } from "./names.ts";
import {
  noticedRoomsMax,
  TypingNotices,
  typingIntervalMs,
  typingShownMs,
} from "./typing-notices.ts";

const a = "a" as NameKey;
const nth = (index: number) => `room-${index}` as NameKey;

test("a room is told once an interval that a member writes", () => {
  const notices = new TypingNotices();
  expect(notices.take(a, 1_000)).toBe(true);
  expect(notices.take(a, 1_000 + typingIntervalMs - 1)).toBe(false);
  expect(notices.take(nth(1), 1_001)).toBe(true);
  expect(notices.take(a, 1_000 + typingIntervalMs)).toBe(true);
  expect(notices.take(a, 1_001 + typingIntervalMs)).toBe(false);
});

test("an end is told once, of what was told, and makes no room for another beginning", () => {
  const notices = new TypingNotices();
  expect(notices.stop(a)).toBe(false);
  notices.take(a, 0);
  expect([notices.stop(a), notices.stop(a)]).toEqual([true, false]);
  expect(notices.take(a, typingIntervalMs - 1)).toBe(false);
  expect(notices.stop(a)).toBe(false);
  expect(notices.take(a, typingIntervalMs)).toBe(true);
  expect(notices.stop(a)).toBe(true);
});

test("a clock that was set back silences no notice", () => {
  const notices = new TypingNotices();
  notices.take(a, 1_000_000);
  expect(notices.take(a, 5)).toBe(true);
  expect(notices.take(a, 6)).toBe(false);
});

test("only so many rooms are told at a time, and others once the first have forgotten", () => {
  const notices = new TypingNotices();
  for (let index = 0; index < noticedRoomsMax; index += 1) {
    expect(notices.take(nth(index), index)).toBe(true);
  }
  expect(notices.take(a, typingShownMs - 1)).toBe(false);
  expect(notices.stop(a)).toBe(false);
  expect(notices.take(a, typingShownMs)).toBe(true);
  expect(notices.take(nth(0), typingShownMs)).toBe(false);
  expect(notices.take(nth(0), typingShownMs + 1)).toBe(true);
});

test("who goes on writing stays shown, even where every other notice is dropped", () => {
  expect(typingShownMs).toBeGreaterThan(typingIntervalMs * 2);
});
