// The bars of the start-up hold for the median of each case by itself.

import { describe, expect, test } from "bun:test";
import { isMet } from "../../../harness/bar.ts";
import { barsOf, type StartMeasurement, summarise } from "../summary.ts";

const start = (entries: number, ms: number, megabytes: number): StartMeasurement => ({
  candidate: "maru:auto",
  entries,
  round: 0,
  ms,
  residentBytes: megabytes * 1e6,
});

describe("starts", () => {
  const measurements = [
    ...[200, 900, 210].map((ms) => start(0, ms, 80)),
    ...[310, 320, 100].map((ms) => start(1000, ms, 91)),
  ];

  test("are held to their medians, one slow start aside", () => {
    expect(barsOf(measurements).map(isMet)).toEqual([true, true, false, false]);
  });

  test("show the slowest all the same", () => {
    const [, empty, used] = summarise(measurements).split("\n");
    expect(empty).toMatch(/maru:auto +0 +3 +210\.0 +900\.0 +80\.0 +80\.0/);
    expect(used).toMatch(/maru:auto +1,000 +3 +310\.0 +320\.0 +91\.0 +91\.0/);
  });
});
