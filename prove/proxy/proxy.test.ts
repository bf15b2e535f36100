// One round of faults over a living server.

import { expect, test } from "bun:test";
import { announceSeed } from "@maru/testkit";
import { proxyFaultKinds } from "./proxy-fault.ts";
import { runProxied } from "./run-proxied.ts";

test("latency, slices, bandwidth, resets, ends and half-open connections: no promise is broken", async () => {
  const seed = announceSeed("one round through the fault proxy");
  const report = await runProxied({ seed, workers: seed % 2 });
  expect(report.problems).toEqual([]);
  expect(report.messages).toBe(report.acknowledged);
  expect(report.faults).toBe(2 * proxyFaultKinds.length);
  expect(report.cut).toBeGreaterThan(0);
  expect(report.observed).toBeGreaterThanOrEqual(report.messages);
}, 60_000);
