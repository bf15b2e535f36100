// The bars of the start-up hold for the median of each case by itself.

import { describe, expect, test } from "bun:test";
import { isMet } from "../../harness/bars.ts";
import { readValues } from "../../harness/command-line.ts";
import { tableOf } from "../../harness/table.ts";
import { start as benchmark, type StartMeasurement, startColumns, startRows } from "../start.ts";

const start = (entries: number, ms: number, megabytes: number): StartMeasurement => ({
  candidate: "maru:auto",
  entries,
  round: 0,
  ms,
  residentBytes: megabytes * 1e6,
});

describe("starts", () => {
  const values = readValues(benchmark, []);
  const measurements = [
    ...[200, 900, 210].map((ms) => start(0, ms, 80)),
    ...[310, 320, 100].map((ms) => start(1000, ms, 91)),
  ];

  test("are held to their medians, one slow start aside", () => {
    expect(benchmark.bars?.(measurements, values).map(isMet)).toEqual([true, true, false, false]);
  });

  test("show the slowest all the same", () => {
    const table = tableOf(startColumns, startRows(measurements), "terminal");
    const [, empty, used] = table.split("\n");
    expect(empty).toMatch(/Maru, 0 messages on disk +3 +210 +900 +80\.0 +80\.0/);
    expect(used).toMatch(/Maru, 1,000 messages on disk +3 +310 +320 +91\.0 +91\.0/);
  });
});
