// Two people talk in a room of their own, alone and while others read deep in the
// large room: what the reading costs those who do not ask for it.

import { startHelper } from "../../harness/children.ts";
import { type GeneratorReport, runGenerator } from "../../load/generator.ts";
import type { Scenario } from "../../load/scenario.ts";

export interface Reading {
  readonly pages: number;
  readonly searches: number;
  readonly seconds: number;
}

export interface Talk {
  readonly round: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly missing: number;
  /** What was read meanwhile; null without readers. */
  readonly reading: Reading | null;
}

export interface TalkTarget {
  readonly port: number;
  /** Path of the load generator. */
  readonly load: string;
  readonly entries: number;
  readonly seconds: number;
}

const messagesPerSecond = 200;

/** `readers` 0: they are alone. */
export async function measureTalk(
  target: TalkTarget,
  readers: number,
  round: number,
): Promise<Talk> {
  const crowd = readers === 0 ? null : await startReaders(target, readers);
  try {
    const { p50Ms, p99Ms, maxMs, missing } = await talk(target);
    const reading = crowd === null ? null : await crowd.stop();
    return { round, p50Ms, p99Ms, maxMs, missing, reading };
  } finally {
    await crowd?.end();
  }
}

function talk({ port, load, seconds }: TalkTarget): Promise<GeneratorReport> {
  const scenario: Scenario = {
    rooms: 1,
    members: 2,
    talkers: 2,
    stalled: 0,
    textBytes: 64,
    pace: { messagesPerSecond },
    warmupSeconds: 0.5,
    seconds,
    drainSeconds: 5,
    sampleEvery: 1,
  };
  return runGenerator({ program: load, dialect: "maru", port }, scenario);
}

async function startReaders({ port, entries }: TalkTarget, readers: number) {
  const program = `${import.meta.dir}/reader-process.ts`;
  const words = [process.execPath, program, `${port}`, `${readers}`, `${entries}`];
  const helper = startHelper("the process of the readers", words);
  if ((await helper.hear()) !== "reading") throw new Error("the readers said something else");
  return {
    async stop(): Promise<Reading> {
      await helper.endInput();
      return JSON.parse(await helper.hear()) as Reading;
    },
    end: helper.end,
  };
}
