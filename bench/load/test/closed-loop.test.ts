// The closed loop must be as deep as asked, whichever member the server serves first: a message is under way
// until every member who reads has it.

import { describe, expect, test } from "bun:test";
import { buildObstacle, buildPrograms } from "../../servers/programs.ts";
import { type GeneratorReport, runGenerator } from "../generator.ts";
import type { Scenario } from "../scenario.ts";
import { type Script, startScriptedMaru } from "./scripted-maru.ts";

const inflight = 8;
const scenario: Scenario = {
  rooms: 1,
  members: 5,
  talkers: 2,
  stalled: 0,
  textBytes: 64,
  pace: { inflight },
  warmupSeconds: 0,
  seconds: 0.3,
  drainSeconds: 0.1,
  sampleEvery: 1,
};

async function reportOn(script: Script, changed: Partial<Scenario> = {}): Promise<GeneratorReport> {
  const server = startScriptedMaru(script);
  try {
    const target = { program: buildPrograms().load, dialect: "maru", port: server.port } as const;
    return await runGenerator(target, { ...scenario, ...changed }, () => {});
  } finally {
    server.stop();
  }
}

describe.skipIf(buildObstacle() !== undefined)("the closed loop", () => {
  test("goes round and round while all members get everything", async () => {
    const report = await reportOn({});
    expect(report.messages).toBeGreaterThan(100);
    expect(report).toMatchObject({ missing: 0, extra: 0 });
  });

  test("runs dry at exactly its depth when one member gets nothing", async () => {
    const report = await reportOn({ copies: () => 0 });
    expect(report).toMatchObject({ messages: inflight, missing: inflight });
  });

  test("is held back by one slow member, be it a talker or not", async () => {
    for (const talkers of [1, 2, 5]) {
      const report = await reportOn({ copies: (n) => (n < 20 ? 1 : 0) }, { talkers });
      expect(report.messages).toBe(19 + inflight);
    }
  });

  test("has one depth for all rooms together", async () => {
    const report = await reportOn({ copies: () => 0 }, { rooms: 3 });
    expect(report).toMatchObject({ messages: inflight, missing: inflight });
  });

  test("is not made deeper by copies too many", async () => {
    const copies = (n: number) => (n < 10 ? 2 : 0);
    const report = await reportOn({ copies });
    // The nine that the first member got twice stand for nine that it never got: it can't be told.
    expect(report.messages).toBe(18 + inflight);
    expect(report.extra).toBe(0);
  });

  test("gets a refused message's place back", async () => {
    const report = await reportOn({ rejects: (n) => n <= 20 });
    expect(report).toMatchObject({ errors: 20, missing: 0 });
    expect(report.messages).toBeGreaterThan(100);
  });

  test("goes on without a member who is gone", async () => {
    for (const talkers of [1, 2, 5]) {
      const script = {
        copies: (n: number) => (n < 20 || n >= 25 ? 1 : 0),
        cuts: (n: number) => n === 25,
      };
      const report = await reportOn(script, { talkers });
      expect(report.disconnects).toBe(1);
      if (talkers > 1) expect(report.messages).toBeGreaterThan(100);
    }
  });

  test("does not wait for members who never read", async () => {
    const report = await reportOn({}, { stalled: 1 });
    expect(report.messages).toBeGreaterThan(100);
  });
});
