// The generator must find what a server does wrong to people who come and go, and nothing else.

import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SeededRandom } from "@maru/testkit";
import { createScratchDir } from "../../harness/places.ts";
import { type Script, startScriptedMaru } from "../../load/test/scripted-maru.ts";
import type { Dialect } from "../../servers/candidate.ts";
import { candidateOf } from "../../servers/candidates.ts";
import { buildObstacle, buildPrograms } from "../../servers/programs.ts";
import type { TrafficPlan } from "../traffic/plan.ts";
import { type Action, type Schedule, scheduleOf, scriptOf } from "../traffic/schedule.ts";
import { playTraffic, type TrafficReport } from "../traffic.ts";

const rooms = 3;

async function play(schedule: Schedule, dialect: Dialect, port: number): Promise<TrafficReport> {
  const scratch = createScratchDir();
  try {
    const script = join(scratch.path, "script");
    writeFileSync(script, scriptOf(schedule, rooms));
    const pace = { warmupSeconds: 0, seconds: 0.6, drainSeconds: 0.3 };
    const target = { program: buildPrograms().load, dialect, port };
    return await playTraffic(target, { script, ...pace });
  } finally {
    scratch.remove();
  }
}

async function reportOn(script: Script, schedule: Schedule): Promise<TrafficReport> {
  const server = startScriptedMaru(script);
  try {
    return await play(schedule, "maru", server.port);
  } finally {
    server.stop();
  }
}

const say = (us: number, person: number): Action =>
  ({ do: "say", us, person, bytes: 80, korean: us % 20_000 === 0 }) as const;
const move = (us: number, person: number, room: number): Action => ({
  do: "move",
  us,
  person,
  room,
});

/** Three in a room: two who talk, one who leaves and comes back meanwhile. */
const busy: Schedule = {
  homes: [0, 0, 0],
  actions: [
    ...Array.from({ length: 40 }, (_, i) => say(10_000 * i, i % 2)),
    move(101_000, 2, 1),
    move(203_000, 2, 0),
  ].toSorted((a, b) => a.us - b.us),
};

const plan: TrafficPlan = {
  rooms,
  people: 60,
  zipfExponent: 1,
  rate: 1,
  moveRate: 1,
  calmSeconds: 0.2,
  textBytesMax: 8192,
  warmupSeconds: 0,
  seconds: 0.5,
};

describe.skipIf(buildObstacle() !== undefined)("traffic", () => {
  test("finds nothing wrong with a server that does nothing wrong", async () => {
    const report = await reportOn({}, busy);
    expect(report).toMatchObject({ missing: 0, extra: 0, misordered: 0, unacknowledged: 0 });
    expect(report).toMatchObject({ malformed: 0, disconnects: 0, errors: 0, unsaid: 0 });
    expect(report).toMatchObject({ due: 40, messages: 40, moves: 2, movesDone: 2 });
    expect(report.samples).toBe(report.deliveries);
  });

  test("misses a seq that one member did not get, be it the last", async () => {
    const report = await reportOn({ copies: (n) => (n === 10 || n === 40 ? 0 : 1) }, busy);
    expect(report).toMatchObject({ missing: 2, extra: 0, misordered: 0 });
  });

  test("counts a seq that one member got twice", async () => {
    const report = await reportOn({ copies: (n) => (n === 10 ? 2 : 1) }, busy);
    expect(report).toMatchObject({ missing: 0, extra: 1, misordered: 0 });
  });

  test("sees two seqs change places, for all who were there", async () => {
    const report = await reportOn({ delays: (n) => (n === 5 ? 1 : 0) }, busy);
    expect(report).toMatchObject({ missing: 0, extra: 0, misordered: 3 });
  });

  test("misses what was acknowledged before a person left, and came to none", async () => {
    const alone = { homes: [0, 1, 1], actions: [say(10_000, 0), move(100_000, 0, 1)] };
    const report = await reportOn({ copies: (n) => (n === 1 ? 0 : 1) }, alone);
    expect(report).toMatchObject({ missing: 1, extra: 0 });
  });

  test("counts what comes after a leave was answered", async () => {
    const actions = [move(10_000, 2, 1), say(100_000, 0)];
    const report = await reportOn({ keepsLeavers: true }, { homes: [0, 0, 0], actions });
    expect(report).toMatchObject({ missing: 0, extra: 1 });
  });

  test("tells what was refused", async () => {
    const report = await reportOn({ rejects: (n) => n === 10 }, busy);
    expect(report).toMatchObject({ errors: 1, firstError: "busy", missing: 0, unacknowledged: 0 });
  });

  test.each(["maru:0", "coalescing", "bun-serve"])("is carried by %s", async (name) => {
    const candidate = candidateOf(name, buildPrograms());
    const server = await candidate.start({ connectionsMax: 0 });
    const schedule = scheduleOf(plan, new SeededRandom(11));
    const report = await play(schedule, candidate.dialect, server.port);
    await server.stop();
    expect(report).toMatchObject({ missing: 0, extra: 0, misordered: 0, malformed: 0 });
    expect(report).toMatchObject({ unmoved: 0, unsaid: 0, disconnects: 0, errors: 0 });
    expect(report.moves).toBeGreaterThan(0);
    expect(report.messages).toBe(schedule.actions.filter((action) => action.do === "say").length);
  });
});
