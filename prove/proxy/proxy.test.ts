// One round of bad weather over a living server.

import { expect, test } from "bun:test";
import { announceSeed } from "@maru/testkit";
import { runProxied } from "./run-proxied.ts";
import { spellKinds } from "./spell.ts";

test("latency, slices, bandwidth, resets, ends and half-open connections: no promise is broken", async () => {
  const seed = announceSeed("one round through the fault proxy");
  const report = await runProxied({ seed, workers: seed % 2 });
  expect(report.problems).toEqual([]);
  expect(report.messages).toBe(report.acknowledged);
  expect(report.spells).toBe(2 * spellKinds.length);
  expect(report.cut).toBeGreaterThan(0);
  expect(report.observed).toBeGreaterThanOrEqual(report.messages);
}, 60_000);
