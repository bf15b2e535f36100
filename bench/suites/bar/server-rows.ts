// The rows about everything but deliveries: idle connections, the hub alone, those who come back,
// the room of a million, and the start.

import { grouped } from "../../harness/numbers.ts";
import { createScratchDir } from "../../harness/places.ts";
import { inRounds, type SharingStep, sharing } from "../../harness/rounds.ts";
import { type Latencies, median } from "../../harness/statistics.ts";
import {
  type IdleMeasurement,
  measureIdle,
  requireOpenFiles,
  requireWhole,
  settleSecondsDefault,
} from "../../load/measure-idle.ts";
import { measureStart, type Start } from "../../load/measure-start.ts";
import { candidateOf } from "../../servers/candidates.ts";
import { placeRoom, type ServedRoom, serveRoom } from "../history/cached-room.ts";
import { askStep, questionsOf, unlimited } from "../history.ts";
import { barOf, describeHub, type HubFigures, hubCases, measureHub } from "../micro/hub.ts";
import { measureResume, type Resume } from "../resume/measure-resume.ts";
import { resumeBars } from "../resume.ts";
import { startBars } from "../start.ts";
import { type BarRow, barRow, type RowBar } from "./row.ts";

const idle = barRow<IdleMeasurement>(
  "memory of an idle connection",
  ({ extent, programs, workers }) => {
    const connections = extent.isQuick ? 5_000 : 19_000;
    const candidate = candidateOf(`maru:${workers}`, programs);
    const crowd = {
      connections,
      rooms: 0,
      settleSeconds: extent.isQuick ? 3 : settleSecondsDefault,
    };
    return {
      steps: inRounds(extent.rounds, [crowd], () => ({
        what: `${grouped(connections)} idle connections`,
        measure() {
          requireOpenFiles(connections);
          return measureIdle(candidate, programs.load, crowd);
        },
      })),
      bars(measured) {
        for (const each of measured) requireWhole(each);
        const value = median(measured.map(({ bytesPerConnection }) => bytesPerConnection / 1024));
        return [{ what: "an idle connection, plain", value, max: 3, unit: "KB" }];
      },
    };
  },
);

const hub = barRow<HubFigures>("the hub alone, no sockets", ({ extent }) => {
  const cases = hubCases(["memory", "fsync"]).filter(
    ({ withCid, upkeep, log }) => !withCid && upkeep === (log !== "memory"),
  );
  return {
    steps: cases.flatMap((each) =>
      inRounds(extent.rounds, [each], () => ({
        what: `hub, ${describeHub(each)}`,
        measure: () => measureHub(each),
      })),
    ),
    bars: (measured) =>
      [...Map.groupBy(measured, describeHub).values()].flatMap((rounds) => {
        const bar = rounds[0] === undefined ? null : barOf(rounds[0]);
        const value = median(rounds.map(({ messagesPerSecond }) => messagesPerSecond));
        return bar === null ? [] : [{ ...bar, value }];
      }),
  };
});

/** To a server that still knows them, and to one that was killed and has to read from its log. */
const resume = barRow<Resume>("all reconnect and resume at once", ({ extent, workers }) => {
  const clients = extent.isQuick ? 2_000 : 10_000;
  const rooms = clients / 100;
  const plan = { clients, rooms, messages: 100, durability: "fsync", workers };
  const warm = `${grouped(clients)} come back`;
  const cold = `${warm} after kill -9`;
  const half = (what: string, restart: boolean) =>
    inRounds(extent.rounds, [plan], (each, round) => ({
      what,
      measure: () => measureResume({ ...each, restart }, round),
    }));
  return {
    steps: [...half(warm, false), ...half(cold, true)],
    bars(measured) {
      const killed = measured.slice(extent.rounds);
      const reads = killed.map(({ logReads }) => logReads);
      return [
        ...resumeBars(`${warm}`, clients, measured.slice(0, extent.rounds)),
        ...resumeBars(cold, clients, killed),
        readsBar(cold, rooms, reads),
      ];
    },
  };
});

/** A round without any read was not cold, or not counted: that is no success. */
export function readsBar(what: string, rooms: number, reads: readonly number[]): RowBar {
  const value = reads.includes(0) ? 0 : Math.max(...reads);
  return { what: `${what}: log reads`, value, min: 1, max: rooms, unit: "" };
}

interface Asked {
  readonly what: string;
  readonly latencies: Latencies;
  readonly max: number;
}

/** The room of a million is made once and cached; of a quick run, it is a smaller one. */
const history = barRow<Asked | null>(
  "pages and searches in a room of a million messages",
  (scene) => {
    const { isQuick } = scene.extent;
    const entries = isQuick ? 50_000 : 1_000_000;
    const title = `room of ${grouped(entries)}`;
    const questions = questionsOf(entries, isQuick ? 500 : 2_000, isQuick ? 20 : 100);
    const scratch = createScratchDir();
    const open = async () => {
      const data = `${scratch.path}/data`;
      await placeRoom(data, entries, () => {});
      return serveRoom({ data, workers: scene.workers, ...unlimited }, entries);
    };
    const close = async ({ end }: ServedRoom) => {
      await end();
      scratch.remove();
    };
    const ask = (what: string, asks: (typeof questions)["mixed"], max: number) =>
      askStep(`${title}: ${what}`, asks, 1, (latencies): Asked | null => ({
        what,
        latencies,
        max,
      }));
    const steps: SharingStep<ServedRoom, Asked | null>[] = [
      { what: `a ${title} messages`, measure: async () => null },
      ask("newest page", questions.newest, 5),
      ask("any page", questions.anywhere[0]?.asks ?? [], 5),
      ask("searches of all kinds", questions.mixed, 50),
    ];
    return {
      steps: sharing(open, close, steps),
      bars: (asked) =>
        asked
          .filter((each) => each !== null)
          .map(({ what, latencies, max }) => ({
            what: `${title}: ${what}, p99`,
            value: latencies.p99Ms,
            max,
            unit: "ms",
          })),
    };
  },
);

export const startsOf = (isQuick: boolean): number => (isQuick ? 3 : 9);

/** As it is shipped, each start with a directory of its own. */
const start = barRow<Start>("from spawning the server to the first welcome", ({ extent }) => ({
  steps: inRounds(
    startsOf(extent.isQuick),
    [{ workers: "auto", durability: "fsync" }],
    (flags) => ({
      what: "start",
      measure: () => measureStart(flags),
    }),
  ),
  bars: (starts) => startBars("", starts),
}));

export const serverRows = { idle, hub, resume, history, start } satisfies Record<string, BarRow>;
