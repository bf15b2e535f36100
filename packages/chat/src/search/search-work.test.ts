import { expect, test } from "bun:test";
import { SearchWork } from "./search-work.ts";

test("is spent by what is said to cost it, and not before", () => {
  const work = new SearchWork(1_000, () => 0);
  work.spend(999);
  expect(work.isSpent).toBe(false);
  work.spend(1);
  expect(work.isSpent).toBe(true);
});

test("is spent by the thread's own time too, which is asked after some of the work", () => {
  let timeUs = 5_000;
  const work = new SearchWork(10_000, () => timeUs);
  timeUs += 10_000;
  work.spend(1_999);
  expect(work.isSpent).toBe(false);
  work.spend(1);
  expect(work.isSpent).toBe(true);
});

test("a share of it is taken out of what is left", () => {
  const work = new SearchWork(1_000, () => 0);
  const share = work.share(0.75);
  share.spend(749);
  work.spend(249);
  expect([share.isSpent, work.isSpent]).toEqual([false, false]);
  share.spend(1);
  work.spend(1);
  expect([share.isSpent, work.isSpent, work.share(0.5).isSpent]).toEqual([true, true, true]);
});

test("a text of plain letters costs less than one of others", () => {
  const [plain, other] = [new SearchWork(100, () => 0), new SearchWork(100, () => 0)];
  plain.spendText("x".repeat(500));
  other.spendText("가".repeat(500));
  expect([plain.isSpent, other.isSpent]).toEqual([false, true]);
});
