// The storm must count who is turned away, bring them in again, and never call a crowd in that isn't.

import { describe, expect, test } from "bun:test";
import { readValues } from "../../harness/command-line.ts";
import { tableOf } from "../../harness/table.ts";
import { type Script, startScriptedMaru } from "../../load/test/scripted-maru.ts";
import { buildObstacle, buildPrograms } from "../../servers/programs.ts";
import {
  storm as benchmark,
  isSound,
  playStorm,
  type StormFigures,
  type StormMeasurement,
  type StormReport,
  stormColumns,
  stormRows,
} from "../storm.ts";

const summarise = (rounds: readonly StormMeasurement[]) =>
  tableOf(stormColumns, stormRows(rounds), "terminal");

async function stormAt(script: Script, underWay: number): Promise<StormReport> {
  const server = startScriptedMaru(script);
  try {
    const storm = { connections: 8, rooms: 2, underWay, seed: 1, limitSeconds: 20 };
    const target = { program: buildPrograms().load, dialect: "maru", port: server.port } as const;
    return await playStorm(target, storm);
  } finally {
    server.stop();
  }
}

describe.skipIf(buildObstacle() !== undefined)("a storm", () => {
  test.each([0, 3])("brings the whole crowd in (at most %p under way)", async (underWay) => {
    const report = await stormAt({}, underWay);
    expect(report).toMatchObject({ connections: 8, held: 8, attempts: 8, retries: 0 });
    expect(report).toMatchObject({ refused: 0, failed: 0, disconnects: 0, malformed: 0 });
    expect(report.p50Ms).toBeGreaterThan(0);
    // With all at once the last one waits for the whole storm, which is told to the microsecond.
    expect(report.maxMs / 1000).toBeLessThanOrEqual(report.seconds + 1e-6);
    expect(report.halfSeconds).toBeLessThanOrEqual(report.seconds);
  });

  test("dials those again who are told that the server is full", async () => {
    const report = await stormAt({ refuses: (n) => n <= 3 }, 0);
    expect(report).toMatchObject({ held: 8, refused: 3, failed: 0, attempts: 11, retries: 3 });
    expect(report.refusal).toBe("too_many_connections");
  });

  test("dials those again whose connection ends without a word", async () => {
    const report = await stormAt({ hangsUp: (n) => n === 2 || n === 5 }, 3);
    expect(report).toMatchObject({ held: 8, refused: 0, failed: 2, attempts: 10, retries: 2 });
  });
});

describe("what a storm comes to", () => {
  const memory = { residentBytes: 5e7, residentBytesMax: 5e7 };
  const figures: StormFigures = {
    connections: 1000,
    held: 1000,
    seconds: 0.5,
    halfSeconds: 0.2,
    p50Ms: 1,
    p99Ms: 2,
    maxMs: 3,
    attempts: 1200,
    retries: 200,
    refused: 200,
    refusal: "too_many_connections",
    failed: 0,
    disconnects: 0,
    closes: 0,
    malformed: 0,
    generatorCpuSeconds: 0.1,
    busiestThreadCpuSeconds: 0.1,
    idleShare: 0.5,
    stolenShare: 0,
    serverCpuSeconds: 0.25,
    memoryBefore: memory,
    memoryThen: memory,
    serverExitCode: 0,
  };
  const about = { candidate: "maru:0", underWay: 0, round: 0, loadAverage: 0 };

  test("is sound where all are in, however often they had to come", () => {
    const measurement = { ...about, outcome: { figures } };
    expect(isSound(measurement)).toBe(true);
    const row = summarise([measurement]).split("\n")[1];
    // Connections per second, CPU each.
    expect(row).toMatch(/ 2,000 +250 .* none$/);
  });

  test("is not where one is out, or a round failed", () => {
    const oneOut = { ...about, outcome: { figures: { ...figures, held: 999 } } };
    const failed = { ...about, outcome: { failure: "no server" } };
    expect(isSound(oneOut)).toBe(false);
    expect(isSound(failed)).toBe(false);
    expect(summarise([oneOut, failed])).toContain("1 not in, 1 of 2 rounds failed");
  });

  test("takes `all` for the whole crowd at once", () => {
    expect(readValues(benchmark, ["--under-way", "all,64"]).underWay).toEqual([0, 64]);
    expect(() => readValues(benchmark, ["--under-way", "some"])).toThrow("--under-way");
  });
});
