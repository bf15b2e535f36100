// The client's benchmark must notice a client that loses a key or is slow to show it, or its figures
// mean nothing.

import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { readValues } from "../../harness/command-line.ts";
import { faultWords } from "../../harness/outcome.ts";
import { buildObstacle, buildPrograms } from "../../servers/programs.ts";
import { judge } from "../bar/judge.ts";
import {
  type ClientMeasurement,
  clientBars,
  clientTables,
  growths,
  isSound,
  requireSound,
} from "../client/client-tables.ts";
import { measureEcho, quietLoad, talkLoad } from "../client/measure-echo.ts";
import type { ClientMemory } from "../client/measure-process.ts";
import { holesIn, stampsIn } from "../client/stamps.ts";
import { client } from "../client.ts";

const fakeClient = join(import.meta.dir, "fake-client.ts");
const keys = 30;

function type(fault: string, load = quietLoad, patienceMs?: number) {
  const program = [fakeClient, fault];
  const plan = { load, round: 0, keys, program, keysPerSecond: 100 };
  const patience = patienceMs === undefined ? {} : { patienceMs };
  return measureEcho(buildPrograms().load, { ...plan, ...patience });
}

describe.skipIf(buildObstacle() !== undefined)("typing into a client", () => {
  test("finds nothing wrong with one that echoes and says all", async () => {
    const echo = await type("none");
    expect(faultWords(echo.faults)).toBe("none");
    expect(echo.echo.count).toBe(keys);
    expect(echo.bytesPerSecond).toBeGreaterThan(0);
  }, 30_000);

  test("finds a key that was lost, on the screen and in what was said", async () => {
    const echo = await type("lose:20", quietLoad, 1_000);
    expect(echo.faults).toMatchObject({
      "keys without an echo": 11,
      "keys lost": 1,
      "another text said": 1,
    });
    expect(() => requireSound([{ ...echo, what: "typing" }])).toThrow("1 keys lost");
    const [bar] = clientBars([echo]);
    expect(bar === undefined ? null : judge("x", bar, "").isMet).toBe(false);
  }, 30_000);

  test("finds an echo that is slow, and the bar is missed by it", async () => {
    const echo = await type("slow:150");
    expect(isSound(echo)).toBe(true);
    expect(echo.echo.p99Ms).toBeGreaterThanOrEqual(150);
    const [bar] = clientBars([echo]);
    expect(bar === undefined ? null : judge("x", bar, "").isMet).toBe(false);
  }, 30_000);

  test("finds that what is said doesn't come to the screen", async () => {
    const echo = await type("none", talkLoad(200), 1_000);
    expect(echo.faults["last message not shown"]).toBe(1);
  }, 30_000);
});

const stamp = (talker: number, sequence: number) =>
  `  b${talker} │ ~${[talker, sequence].map((n) => n.toString(16).padStart(8, "0")).join("")}${"0".repeat(16)}x`;

describe("the messages on a screen", () => {
  test("have no hole where each talker's follow each other", () => {
    const rows = [stamp(0, 7), stamp(1, 255), "", stamp(0, 8), stamp(1, 256)];
    expect(stampsIn(rows).map(({ sequence }) => sequence)).toEqual([7, 255, 8, 256]);
    expect(holesIn(stampsIn(rows))).toBe(0);
  });

  test("have one where a message is missing or stands twice", () => {
    expect(holesIn(stampsIn([stamp(0, 7), stamp(1, 1), stamp(0, 9)]))).toBe(1);
    expect(holesIn(stampsIn([stamp(0, 7), stamp(0, 7)]))).toBe(1);
  });
});

describe("memory", () => {
  const memory = (megabytes: number[], faults = {}): ClientMemory => ({
    what: "memory",
    round: 0,
    isShown: true,
    points: [1_000, 100_000].map((messages, at) => ({
      messages,
      said: messages,
      residentBytes: (megabytes[at] ?? 0) * 1e6,
    })),
    faults,
  });

  test("grows by what a round has at its end more than at its beginning", () => {
    expect(growths([memory([100, 130]), memory([90, 140])])).toEqual([30, 50]);
  });

  test("of a round with faults counts for nothing, and its bar is missed", () => {
    const bad = memory([100, 101], { "messages too few": 5 });
    expect(growths([bad])).toEqual([]);
    const [bar] = clientBars([bad]);
    expect(bar?.value).toBeNaN();
    const all = [bad] satisfies ClientMeasurement[];
    expect(clientTables(all, "terminal")).toContain("5 messages too few");
  });
});

test("the options have a quick form, and refuse what is no number", () => {
  expect(readValues(client, ["--quick"])).toMatchObject({ rates: [0, 5_000], rounds: 1, past: 0 });
  expect(readValues(client, ["--messages", "5000,1000"]).messages).toEqual([5_000, 1_000]);
  expect(() => readValues(client, ["--rates", "many"])).toThrow("--rates");
});
