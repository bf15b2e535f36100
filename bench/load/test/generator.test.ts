// The load generator must find what a server does wrong, or its figures mean nothing.

import { describe, expect, test } from "bun:test";
import { buildObstacle, buildPrograms } from "../../servers/programs.ts";
import { type GeneratorReport, runGenerator, type WindowMark } from "../generator.ts";
import { holdConnections } from "../hold-connections.ts";
import type { Scenario } from "../scenario.ts";
import { type Script, startScriptedMaru } from "./scripted-maru.ts";

const scenario: Scenario = {
  rooms: 1,
  members: 5,
  talkers: 2,
  stalled: 0,
  textBytes: 64,
  pace: { messagesPerSecond: 200 },
  warmupSeconds: 0,
  seconds: 0.4,
  drainSeconds: 0.2,
  sampleEvery: 1,
};
/** Messages said in the scenario: due at 0 ms, 5 ms, ... and a loaded machine may miss the last. */
const messages = 80;

async function reportOn(
  script: Script,
  marks: WindowMark[] = [],
  changed: Partial<Scenario> = {},
): Promise<GeneratorReport> {
  const server = startScriptedMaru(script);
  try {
    const target = { program: buildPrograms().load, dialect: "maru", port: server.port } as const;
    return await runGenerator(target, { ...scenario, ...changed }, (mark) => marks.push(mark));
  } finally {
    server.stop();
  }
}

describe.skipIf(buildObstacle() !== undefined)("the load generator", () => {
  test("finds nothing wrong with a server that does nothing wrong", async () => {
    const marks: WindowMark[] = [];
    const report = await reportOn({}, marks);
    expect(marks).toEqual(["measuring", "measured"]);
    expect(report).toMatchObject({ missing: 0, extra: 0, unacknowledged: 0, misordered: 0 });
    expect(report).toMatchObject({ malformed: 0, disconnects: 0, errors: 0, closes: 0 });
    expect(report.messages).toBeGreaterThan(messages - 10);
    expect(report.messages).toBeLessThanOrEqual(messages + 1);
    // The first message is due just before the window begins, and so is not in its latencies.
    expect(report.samples).toBe((report.messages - 1) * scenario.members);
    expect(report.p50Ms).toBeGreaterThan(0);
  });

  test("misses what one member did not get", async () => {
    const report = await reportOn({ copies: (n) => (n === 10 || n === 20 ? 0 : 1) });
    expect(report).toMatchObject({ missing: 2, extra: 0 });
  });

  test("counts what one member got twice", async () => {
    const report = await reportOn({ copies: (n) => (n === 10 ? 2 : 1) });
    expect(report).toMatchObject({ missing: 0, extra: 1 });
  });

  test("sees one talker's messages change places", async () => {
    // Two talkers take turns, so that the next message is the other's, and the one after it their
    // own: only that is an order which the generator can know to be wrong.
    const others = await reportOn({ delays: (n) => (n === 10 ? 1 : 0) });
    expect(others).toMatchObject({ missing: 0, misordered: 0 });
    const own = await reportOn({ delays: (n) => (n === 10 ? 2 : 0) });
    expect(own.missing).toBe(0);
    expect(own.misordered).toBeGreaterThan(0);
  });

  test("counts frames that are no messages", async () => {
    const report = await reportOn({ garbles: (n) => n === 10 });
    expect(report).toMatchObject({ malformed: scenario.members, missing: scenario.members });
  });

  test("takes a refused message for never said", async () => {
    const report = await reportOn({ rejects: (n) => n === 10 });
    expect(report).toMatchObject({ errors: 1, firstError: "busy", missing: 0, unacknowledged: 0 });
  });

  test("does not measure a crowd that was not let in whole", () => {
    expect(reportOn({ connectionsMax: 4 })).rejects.toThrow("1 refused (too_many_connections)");
  });

  test("reads latencies only of those who do not talk, when asked to", async () => {
    const listeners = await reportOn({}, [], { sampleListeners: true });
    expect(listeners.samples).toBe(
      (listeners.messages - 1) * (scenario.members - scenario.talkers),
    );
    const nobodyElse = await reportOn({}, [], { talkers: 5, sampleListeners: true });
    expect(nobodyElse.samples).toBe((nobodyElse.messages - 1) * scenario.members);
  });

  test("tells how many idle connections are held, and what the others were told", async () => {
    const server = startScriptedMaru({ connectionsMax: 3 });
    const crowd = { connections: 5, rooms: 1, first: 0 };
    const target = { program: buildPrograms().load, dialect: "maru", port: server.port } as const;
    const hold = await holdConnections(target, crowd);
    expect(hold.atFirst).toMatchObject({ event: "held", held: 3, refused: 2, failed: 0 });
    expect(hold.atFirst.refusal).toBe("too_many_connections");
    expect(await hold.release()).toMatchObject({ event: "released", held: 3, disconnects: 0 });
    server.stop();
  });
});
