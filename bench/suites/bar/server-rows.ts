// The rows about everything but deliveries: idle connections, the hub alone, those who come back,
// the room of a million, and the start.

import { SeededRandom } from "@maru/testkit";
import { grouped } from "../../harness/format-number.ts";
import { median } from "../../harness/median.ts";
import { createScratchDir } from "../../harness/scratch-dir.ts";
import { startMaru } from "../../harness/start-maru.ts";
import { untilQuiet } from "../../harness/until-quiet.ts";
import { WireClient } from "../../harness/wire-client.ts";
import { candidateOf } from "../../servers/candidate.ts";
import { generousRates } from "../../servers/generous-maru.ts";
import { newestPage, pageAnywhere, searches } from "../history/asks.ts";
import { measureAsks } from "../history/measure-asks.ts";
import { placeRoom, untilIndexed } from "../history/room/cached-room.ts";
import { roomName } from "../history/room/said.ts";
import { measureIdle, requireWhole, settleSecondsDefault } from "../idle/measure-idle.ts";
import { requireOpenFiles } from "../idle/open-files.ts";
import { barOf, hubCases, measureHub } from "../micro/hub.ts";
import { measureCase } from "../start/measure-case.ts";
import { repeat } from "./repeat.ts";
import { resumeRow } from "./resume-row.ts";
import type { BarRow, BarStage } from "./row.ts";

const idle: BarRow = {
  about: "memory of an idle connection",
  steps: ({ rounds }) => rounds,
  async measure(stage) {
    const connections = stage.extent.isQuick ? 5_000 : 19_000;
    requireOpenFiles(connections);
    const what = `${grouped(connections)} idle connections`;
    const candidate = candidateOf(`maru:${stage.workers}`, stage.programs);
    const settleSeconds = stage.extent.isQuick ? 3 : settleSecondsDefault;
    const crowd = { connections, rooms: 0, settleSeconds };
    const measured = await repeat(stage, stage.extent.rounds, what, () =>
      measureIdle(candidate, stage.programs.load, crowd),
    );
    stage.keep(measured);
    for (const each of measured) requireWhole(each);
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
    const generous = { ...generousRates, "read-rate-bytes": "1000000000" };
    const server = await startMaru({ data, workers: stage.workers, ...generous });
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

/** As it is shipped: `workers` auto, durability `fsync`, each start with a directory of its own. */
const shipped = { settings: { workers: "auto", durability: "fsync" }, data: undefined };

const start: BarRow = {
  about: "from spawning the server to the first welcome",
  steps: ({ isQuick }) => startsOf(isQuick),
  async measure(stage) {
    const count = startsOf(stage.extent.isQuick);
    const starts = await repeat(stage, count, "start", () => measureCase(shipped));
    stage.keep(starts);
    const ms = median(starts.map((each) => each.ms));
    const megabytes = median(starts.map(({ residentBytes }) => residentBytes / 1e6));
    return [
      { what: "spawn to the first welcome", value: ms, max: 300, unit: "ms" },
      { what: "resident then", value: megabytes, max: 90, unit: "MB" },
    ];
  },
};

const startsOf = (isQuick: boolean): number => (isQuick ? 3 : 9);

export const serverRows = {
  idle,
  hub,
  resume: resumeRow,
  history,
  start,
} satisfies Record<string, BarRow>;
