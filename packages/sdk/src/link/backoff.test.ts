// How long a client stays away.

import { expect, test } from "bun:test";
import { backoffMs } from "./backoff.ts";

const policy = { minMs: 100, maxMs: 1000 };

test("draws from a range that doubles up to its maximum", () => {
  const ceilings = [1, 2, 3, 4, 5, 500].map((attempt) =>
    backoffMs(policy, attempt, 0.999_999, { reconnect: "backoff" }),
  );
  expect(ceilings).toEqual([99, 199, 399, 799, 999, 999]);
});

test("may draw no wait at all: the jitter is full", () => {
  expect(backoffMs(policy, 9, 0, { reconnect: "backoff" })).toBe(0);
});

test("adds the jitter to the server's own wait", () => {
  expect(backoffMs(policy, 1, 0.5, { reconnect: "backoff", afterMs: 5000 })).toBe(5050);
});

test("honours now once, and then backs off", () => {
  expect(backoffMs(policy, 1, 0.5, { reconnect: "now" })).toBe(0);
  expect(backoffMs(policy, 2, 0.5, { reconnect: "now" })).toBe(100);
});
