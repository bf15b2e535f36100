// Ten kills of a real server under load; and that the harness would see a loss.

import { expect, test } from "bun:test";
import { announceSeed } from "@maru/testkit";
import { runCrash } from "./run-crash.ts";

const timeoutMs = 60_000;

test(
  "ten times kill -9 under load, durability fsync: all that was acknowledged is there, once, in order",
  async () => {
    const seed = announceSeed("ten times kill -9");
    const report = await runCrash({ cycles: 10, seed, durability: "fsync", workers: 1 });
    expect(report.problems).toEqual([]);
    expect(report.resets).toBe(0);
    expect(report.messages).toBe(report.acknowledged);
    // It was a run: people talked, listened, and were interrupted.
    expect(report.acknowledged).toBeGreaterThan(10);
    expect(report.observed).toBeGreaterThanOrEqual(report.messages);
    expect(report.inFlight).toBeGreaterThan(0);
  },
  timeoutMs,
);

test(
  "a server that keeps nothing is caught: what was acknowledged is missed",
  async () => {
    const seed = announceSeed("a server that keeps nothing");
    const report = await runCrash({ cycles: 1, seed, durability: "memory", workers: 0 });
    const codes = new Set(report.violations.map(({ code }) => code));
    expect(codes.has("acknowledged_lost") || codes.has("acknowledged_overwritten")).toBe(true);
    expect(report.problems.join("\n")).toContain("other epochs before");
  },
  timeoutMs,
);

test("it can be interrupted, and leaves nothing behind", async () => {
  const stop = new AbortController();
  const onCycle = () => stop.abort(new Error("enough"));
  const options = { cycles: 1_000, seed: 1, durability: "os", workers: 0 } as const;
  const run = runCrash({ ...options, onCycle, signal: stop.signal });
  expect(run).rejects.toThrow("enough");
  await run.catch(() => {});
});
