import { expect, test } from "bun:test";
import fc from "fast-check";
import { TokenBucket } from "./token-bucket.ts";

const takeMany = (bucket: TokenBucket, count: number, nowMs: number) =>
  Array.from({ length: count }, () => bucket.take(nowMs));

test("the burst passes at once and the next one waits", () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
  expect(takeMany(bucket, 5, 0)).toEqual([0, 0, 0, 0, 0]);
  expect(bucket.take(0)).toBeGreaterThan(0);
});

test("a sender at the rate is never refused", () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 1 }, 0);
  for (let nowMs = 0; nowMs <= 10_000; nowMs += 100) expect(bucket.take(nowMs)).toBe(0);
});

test("a refused sender is refused until the wait it was told is over, and not longer", () => {
  const bucket = new TokenBucket({ perSecond: 20, burst: 100 }, 0);
  takeMany(bucket, 100, 0);
  const waitMs = bucket.take(0);
  expect(waitMs).toBe(250);
  // One token has been there since 50 ms; what follows a refusal is refused with it nevertheless.
  expect(bucket.take(100)).toBe(150);
  expect(bucket.take(249)).toBe(1);
  expect(bucket.take(250)).toBe(0);
  expect(takeMany(bucket, 4, 250)).toEqual([0, 0, 0, 0]);
  expect(bucket.take(250)).toBeGreaterThan(0);
});

test("a slow bucket asks for one token only, a small one for no more than it holds", () => {
  const slow = new TokenBucket({ perSecond: 1, burst: 1 }, 0);
  slow.take(0);
  expect(slow.take(0)).toBe(1000);
  expect(slow.take(1000)).toBe(0);
  const small = new TokenBucket({ perSecond: 1000, burst: 2 }, 0);
  takeMany(small, 2, 0);
  expect(small.take(0)).toBe(2);
  expect(small.take(2)).toBe(0);
});

test("a rest fills the bucket to the burst and no further", () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 3 }, 0);
  takeMany(bucket, 3, 0);
  expect(takeMany(bucket, 3, 1_000_000)).toEqual([0, 0, 0]);
  expect(bucket.take(1_000_000)).toBeGreaterThan(0);
});

test("a clock that goes backwards adds nothing", () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 2 }, 1000);
  takeMany(bucket, 2, 1000);
  expect(bucket.take(0)).toBeGreaterThan(0);
  expect(bucket.take(0)).toBeGreaterThan(0);
});

test("whatever its history, who waits as long as it was told is let through", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 80 }),
      (perSecond, burst, pauses) => {
        const bucket = new TokenBucket({ perSecond, burst }, 0);
        let nowMs = 0;
        for (const pauseMs of pauses) {
          nowMs += pauseMs;
          const waitMs = bucket.take(nowMs);
          if (waitMs === 0) continue;
          nowMs += waitMs;
          expect(bucket.take(nowMs)).toBe(0);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test("no schedule gets more through than burst and rate allow", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 200 }),
      (perSecond, burst, pauses) => {
        const bucket = new TokenBucket({ perSecond, burst }, 0);
        let nowMs = 0;
        let passed = 0;
        for (const pauseMs of pauses) {
          nowMs += pauseMs;
          if (bucket.take(nowMs) === 0) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(burst + (nowMs * perSecond) / 1000 + 1e-6);
      },
    ),
    { numRuns: 500 },
  );
});

test("to drop a bucket that is full, and begin a new one, changes no answer", () => {
  const step = fc.record({ afterMs: fc.nat(400), takes: fc.nat(6) });
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 1, max: 50 }), (steps, perSecond) => {
      const limit = { perSecond, burst: 4 };
      const kept = new TokenBucket(limit, 0);
      let dropped = new TokenBucket(limit, 0);
      let nowMs = 0;
      for (const { afterMs, takes } of steps) {
        nowMs += afterMs;
        if (dropped.isFull(nowMs)) dropped = new TokenBucket(limit, nowMs);
        expect(takeMany(dropped, takes, nowMs)).toEqual(takeMany(kept, takes, nowMs));
      }
    }),
  );
});
