// The rows about everything but deliveries: idle connections, the hub alone, those who come back,
// the room of a million, and the start.

import { SeededRandom } from "@maru/testkit";
import { newestPage, pageAnywhere, searches } from "../history/asks.ts";
import { measureAsks } from "../history/measure-asks.ts";
import { placeRoom, untilIndexed } from "../history/room/cached-room.ts";
import { roomName } from "../history/room/said.ts";
import { measureIdle } from "../idle/measure-idle.ts";
import { barOf, hubCases, measureHub } from "../micro/hub.ts";
import { measureResume } from "../resume/measure-resume.ts";
import { candidateOf } from "../servers/candidate.ts";
import { grouped } from "../stage/format-number.ts";
import { measureStarts } from "../stage/measure-starts.ts";
import { median } from "../stage/median.ts";
import { createScratchDir } from "../stage/scratch-dir.ts";
import { startMaru } from "../stage/start-maru.ts";
import { untilQuiet } from "../stage/until-quiet.ts";
import { WireClient } from "../stage/wire-client.ts";
import type { BarRow, BarStage } from "./row.ts";

/** A second's look or two after a storm, the server collects its garbage: not before that. */
const idleSettleSeconds = 3;

/** Rounds of the same thing, a step each. */
async function repeat<T>(
  { progress }: BarStage,
  rounds: number,
  what: string,
  once: (round: number) => Promise<T>,
): Promise<T[]> {
  const all: T[] = [];
  for (let round = 0; round < rounds; round++) {
    progress.step(`round ${round + 1}, ${what}`);
    all.push(await once(round));
  }
  return all;
}

const idle: BarRow = {
  about: "memory of an idle connection",
  steps: ({ rounds }) => rounds,
  async measure(stage) {
    const connections = stage.extent.isQuick ? 5_000 : 10_000;
    const what = `${grouped(connections)} idle connections`;
    const candidate = candidateOf(`maru:${stage.workers}`, stage.programs);
    const crowd = { candidates: [], connections, rooms: 0, settleSeconds: idleSettleSeconds };
    const measured = await repeat(stage, stage.extent.rounds, what, () =>
      measureIdle(candidate, stage.programs.load, crowd),
    );
    stage.keep(measured);
    const value = median(measured.map(({ bytesPerConnection }) => bytesPerConnection / 1024));
    return [{ what: "an idle connection, plain", value, max: 3, unit: "KB" }];
  },
};

const hub: BarRow = {
  about: "the hub alone, no sockets",
  steps: ({ rounds }) => rounds * 4,
  async measure(stage) {
    const cases = hubCases(["memory", "fsync"]).filter(
      ({ withCid, upkeep, log }) => !withCid && upkeep === (log !== "memory"),
    );
    const bars = [];
    for (const each of cases) {
      const what = `hub, ${each.perTick} a tick, ${each.log}`;
      const measured = await repeat(stage, stage.extent.rounds, what, () => measureHub(each));
      stage.keep(measured);
      const bar = measured[0] === undefined ? null : barOf(measured[0]);
      const value = median(measured.map(({ messagesPerSecond }) => messagesPerSecond));
      if (bar !== null) bars.push({ ...bar, value });
    }
    return bars;
  },
};

const resume: BarRow = {
  about: "everybody reconnects and resumes at once",
  steps: ({ rounds }) => rounds,
  async measure(stage) {
    const clients = stage.extent.isQuick ? 2_000 : 10_000;
    const rooms = clients / 100;
    const crowd = { clients, rooms, messages: 100, restart: false, rounds: 1, durability: "fsync" };
    const what = `${grouped(clients)} come back`;
    const measured = await repeat(stage, stage.extent.rounds, what, (round) =>
      measureResume({ ...crowd, workers: stage.workers }, round),
    );
    stage.keep(measured);
    const worst = (read: (of: (typeof measured)[number]) => number) =>
      Math.max(...measured.map(read));
    const seconds = worst(({ returned }) => returned.completed.maxMs) / 1000;
    const absent = worst(({ returned }) => clients - returned.complete);
    const wrong = worst(({ returned }) => returned.missing + returned.unexpected);
    return [
      { what: `${what}: the last, worst round`, value: seconds, max: 10, unit: "s" },
      { what: `${what}: not back`, value: absent, max: 0, unit: "clients" },
      { what: `${what}: lost or repeated`, value: wrong, max: 0, unit: "messages" },
      { what: `${what}: log reads`, value: worst((each) => each.logReads), max: rooms, unit: "" },
    ];
  },
};

/** The room of a million is made once and cached; of a quick run, it is a smaller one. */
const history: BarRow = {
  about: "pages and searches in a room of a million messages",
  steps: () => 4,
  async measure(stage) {
    const entries = stage.extent.isQuick ? 50_000 : 1_000_000;
    const scratch = createScratchDir();
    const data = `${scratch.path}/data`;
    stage.progress.step(`a room of ${grouped(entries)} messages`);
    await placeRoom(data, entries, stage.progress.note);
    const unlimited = { "send-rate": "0", "command-rate": "0", "read-rate-bytes": "1000000000" };
    const server = await startMaru({ data, workers: stage.workers, ...unlimited });
    try {
      const client = await WireClient.greet(server.port, "asker");
      await client.ask({ type: "join", room: roomName });
      await untilIndexed(client, entries);
      await untilQuiet(server.pid);
      return await askHistory(stage, client, entries);
    } finally {
      await server.stop();
      scratch.remove();
    }
  },
};

async function askHistory(stage: BarStage, client: WireClient, entries: number) {
  const pages = stage.extent.isQuick ? 500 : 2_000;
  const searchesEach = stage.extent.isQuick ? 20 : 100;
  const random = new SeededRandom(7);
  const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  const kinds = Object.values(searches);
  const asks = {
    "newest page": { asks: many(pages, () => newestPage(entries)), max: 5 },
    "any page": { asks: many(pages, () => pageAnywhere(entries, random)), max: 5 },
    "searches of all kinds": {
      asks: many(searchesEach, () => kinds.map((make) => make(entries, random))).flat(),
      max: 50,
    },
  };
  const bars = [];
  for (const [what, { asks: questions, max }] of Object.entries(asks)) {
    stage.progress.step(`room of ${grouped(entries)}: ${what}`);
    const measured = await measureAsks(client, questions, 1);
    stage.keep([{ what, ...measured }]);
    const value = measured.p99Ms;
    bars.push({ what: `room of ${grouped(entries)}: ${what}, p99`, value, max, unit: "ms" });
  }
  await client.close();
  return bars;
}

const start: BarRow = {
  about: "from spawning the server to the first welcome",
  steps: () => 1,
  async measure(stage) {
    stage.progress.step("starts");
    const scratch = createScratchDir();
    const flags = { data: scratch.path, workers: stage.workers };
    const starts = await measureStarts(flags, stage.extent.isQuick ? 3 : 9).finally(scratch.remove);
    stage.keep(starts);
    const ms = median(starts.map((each) => each.ms));
    const megabytes = median(starts.map(({ residentBytes }) => residentBytes / 1e6));
    return [
      { what: "spawn to the first welcome", value: ms, max: 300, unit: "ms" },
      { what: "resident then", value: megabytes, max: 90, unit: "MB" },
    ];
  },
};

export const serverRows = { idle, hub, resume, history, start } satisfies Record<string, BarRow>;
