// The history benchmark: a room of a million messages under the real server; how fast it starts,
// pages and searches, and whether those who only talk notice.

import { print } from "@maru/core";
import { SeededRandom } from "@maru/testkit";
import { formatBars, isMet } from "../../harness/bar.ts";
import { interleave } from "../../harness/interleave.ts";
import type { Latencies } from "../../harness/latencies.ts";
import { describeMachine } from "../../harness/machine.ts";
import { measureStarts } from "../../harness/measure-starts.ts";
import { cpuSeconds, memoryUsage } from "../../harness/process-usage.ts";
import { type Progress, startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { createScratchDir } from "../../harness/scratch-dir.ts";
import { startMaru } from "../../harness/start-maru.ts";
import type { RunningServer } from "../../harness/start-server.ts";
import { untilQuiet } from "../../harness/until-quiet.ts";
import { WireClient } from "../../harness/wire-client.ts";
import { generousRates } from "../../servers/generous-maru.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { type Ask, newestPage, pageAnywhere, searches } from "./asks.ts";
import { measureAsks } from "./measure-asks.ts";
import { measureTalk, type Talk } from "./measure-talk.ts";
import { type HistoryOptions, historyUsage, readHistoryOptions } from "./options.ts";
import { placeRoom, untilIndexed } from "./room/cached-room.ts";
import { roomName } from "./room/said.ts";
import { barsOf, summarise } from "./summary.ts";

/** Questions under way at a time. */
const inflights = [1, 8];

/** The room, the starts, the rest; pages; searches of each kind and of all; talks. */
const stepsOf = ({ rounds }: HistoryOptions): number =>
  3 + 1 + inflights.length + Object.keys(searches).length + 1 + 2 * rounds;

export async function run(args: string[]): Promise<number> {
  const options = readHistoryOptions(args);
  if (options !== undefined) return runAll(options);
  print(historyUsage);
  return 0;
}

async function runAll(options: HistoryOptions): Promise<number> {
  const { load } = buildPrograms();
  const machine = describeMachine();
  using progress = startProgress({ title: "history", steps: stepsOf(options) });
  const scratch = createScratchDir();
  const data = `${scratch.path}/data`;
  try {
    progress.step("the room");
    const room = await placeRoom(data, options.entries, progress.note);
    progress.step(`${options.starts} starts`);
    const starts = await measureStarts({ data, workers: options.workers }, options.starts);
    const served = await measureServer({ data, load, options }, progress);
    progress.end();
    const figures = { ...room, starts, ...served };
    process.stdout.write(`${summarise(figures)}\n\n`);
    const bars = barsOf(figures);
    process.stdout.write(`${formatBars(bars)}\n`);
    const path = recordResults({ benchmark: "history", machine, options, measurements: [figures] });
    process.stdout.write(`\nevery measurement: ${path}\n`);
    return bars.every(isMet) ? 0 : 1;
  } finally {
    scratch.remove();
  }
}

interface Plan {
  /** The server's data directory. */
  readonly data: string;
  /** Path of the load generator. */
  readonly load: string;
  readonly options: HistoryOptions;
}

/** All that is asked of one server, its own limits out of the way. */
async function measureServer({ data, load, options }: Plan, progress: Progress) {
  const unlimited = { ...generousRates, "read-rate-bytes": "1000000000" };
  const server = await startMaru({ data, workers: options.workers, ...unlimited });
  try {
    progress.step("the server comes to rest");
    const client = await WireClient.greet(server.port, "asker");
    await client.ask({ type: "join", room: roomName });
    await untilIndexed(client, options.entries);
    const restSeconds = await untilQuiet(server.pid);
    progress.note(`after ${restSeconds.toFixed(1)} s`);
    const asked = await measureClient(client, options, progress);
    await client.close();
    const talks = await measureTalks(server, { data, load, options }, progress);
    const used = { ...memoryUsage(server.pid), cpuSeconds: cpuSeconds(server.pid) };
    return { restSeconds, ...asked, talks, used };
  } finally {
    await server.stop();
  }
}

async function measureClient(client: WireClient, options: HistoryOptions, progress: Progress) {
  const time = (what: string, asks: readonly Ask[], inflight: number): Promise<Latencies> => {
    progress.step(what);
    return measureAsks(client, asks, inflight);
  };
  const random = new SeededRandom(7);
  const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  const newest = many(options.pages, () => newestPage(options.entries));
  const pages: Record<string, Latencies> = { "newest page": await time("newest page", newest, 1) };
  for (const inflight of inflights) {
    const asks = many(options.pages, () => pageAnywhere(options.entries, random));
    const what = `any page, ${inflight} in flight`;
    pages[what] = await time(what, asks, inflight);
  }
  const found: Record<string, Latencies> = {};
  const all = Object.entries(searches).map(([kind, make]) => ({
    kind,
    asks: many(options.searches, () => make(options.entries, random)),
  }));
  for (const { kind, asks } of all) found[kind] = await time(`search: ${kind}`, asks, 1);
  const mixed = many(options.searches, () => all).flatMap((each, turn) =>
    each.flatMap(({ asks }) => asks.slice(turn, turn + 1)),
  );
  found["all of them, in turn"] = await time("searches of all kinds, in turn", mixed, 1);
  return { pages, searches: found };
}

async function measureTalks(
  { port }: RunningServer,
  { load, options: { entries, rounds, readers, seconds } }: Plan,
  progress: Progress,
): Promise<Talk[]> {
  const talks: Talk[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const others of interleave([0, readers], round)) {
      progress.step(`round ${round + 1} of two who talk, ${others} read`);
      talks.push(await measureTalk({ port, load, entries, seconds }, others, round));
    }
  }
  return talks;
}
