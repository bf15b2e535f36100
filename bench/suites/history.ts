// History: a room of a million messages under the real server; how fast it starts, pages and
// searches, and whether those who only talk notice.

import { SeededRandom } from "@maru/testkit";
import { defineBenchmark } from "../harness/benchmark.ts";
import { fixed } from "../harness/numbers.ts";
import { real, text, type Values, whole } from "../harness/options.ts";
import { createScratchDir } from "../harness/places.ts";
import { interleave, type SharingStep, type Step, sharing } from "../harness/rounds.ts";
import type { Latencies } from "../harness/statistics.ts";
import { paragraphs } from "../harness/table.ts";
import { cpuSeconds, memoryUsage } from "../harness/usage.ts";
import { measureStart, type Start } from "../load/measure-start.ts";
import { generousRates } from "../servers/maru.ts";
import { buildPrograms } from "../servers/programs.ts";
import { type Ask, measureAsks, newestPage, pageAnywhere, searches } from "./history/asks.ts";
import { placeRoom, type ServedRoom, serveRoom } from "./history/cached-room.ts";
import {
  allInTurn,
  type HistoryFigures,
  historyBars,
  historyLines,
  historyTables,
} from "./history/history-tables.ts";
import { measureTalk } from "./history/measure-talk.ts";

/** What one step adds. */
type Row = Partial<HistoryFigures>;

/** What the steps so far have found, as it is recorded. */
function figuresOf(rows: readonly Row[]): HistoryFigures {
  const all: HistoryFigures = Object.assign({}, ...rows);
  return {
    ...all,
    pages: Object.assign({}, ...rows.map(({ pages }) => pages)),
    searches: Object.assign({}, ...rows.map((row) => row.searches)),
    talks: rows.flatMap(({ talks = [] }) => talks),
  };
}

const options = {
  entries: whole("messages of the one room; written once, then cached", 1_000_000, { min: 1_000 }),
  starts: whole("starts of the server, from spawn to welcome", 9, { min: 1 }),
  pages: whole("pages of 50 at random places, for each number in flight", 2000, { min: 1 }),
  searches: whole("for each kind of query", 200, { min: 1 }),
  rounds: whole("of two people who talk, without readers and with", 5, { min: 1 }),
  seconds: real("of each of these", 4, { min: 0.5 }),
  readers: whole("who page deep and search meanwhile, half of them each", 8, { min: 2 }),
  workers: text("threads that own sockets; auto: as the server's default", "auto"),
};

type HistoryOptions = Values<typeof options>;

/** The server's own limits are out of the way. */
export const unlimited = { ...generousRates, "read-rate-bytes": "1000000000" };
/** Questions under way at a time. */
const inflights = [1, 8];

export const history = defineBenchmark<typeof options, Row>({
  name: "history",
  about: "a room of a million messages: start, pages, searches, and who is disturbed by them",
  answers: `How a server carries a room of a million messages: how fast it starts, finds a page anywhere in it,
    searches it, and what that costs two people who talk in another room. Ends with 1 when a bar is
    missed.`,
  options,
  steps(values, run) {
    const { load } = buildPrograms();
    const { entries, starts, workers } = values;
    const scratch = createScratchDir();
    run.defer(scratch.remove);
    const data = `${scratch.path}/data`;
    const startAgain = async () => {
      const measured: Start[] = [];
      while (measured.length < starts) measured.push(await measureStart({ data, workers }));
      return { starts: measured };
    };
    const open = () => serveRoom({ data, workers, ...unlimited }, entries);
    const asked: SharingStep<ServedRoom, Row>[] = [
      {
        what: "the server comes to rest",
        measure: async ({ restSeconds }) => ({ restSeconds }),
        note: ({ restSeconds }) => `after ${fixed(restSeconds, 1)} s`,
      },
      ...askSteps(values),
      ...talkSteps(values, load),
      {
        what: "what it used",
        measure: async ({ server: { pid } }) => ({
          used: { ...memoryUsage(pid), cpuSeconds: cpuSeconds(pid) },
        }),
      },
    ];
    const steps: Step<Row>[] = [
      { what: "the room", measure: () => placeRoom(data, entries, run.note) },
      { what: `${starts} starts`, measure: startAgain },
      ...sharing(open, async ({ end }) => void (await end()), asked),
    ];
    return steps;
  },
  tables(rows) {
    const figures = figuresOf(rows);
    return paragraphs(historyLines(figures), historyTables(figures, "terminal"));
  },
  bars: (rows) => historyBars(figuresOf(rows)),
  record: (rows) => ({ measurements: [figuresOf(rows)] }),
});

const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** `found` makes of the timings what the step adds. */
export function askStep<Found>(
  what: string,
  asks: readonly Ask[],
  inflight: number,
  found: (timings: Latencies) => Found,
): SharingStep<ServedRoom, Found> {
  return { what, measure: async ({ client }) => found(await measureAsks(client, asks, inflight)) };
}

/** The same questions for the same options. */
export function questionsOf(entries: number, pages: number, searchesEach: number) {
  const random = new SeededRandom(7);
  const anyPage = () => many(pages, () => pageAnywhere(entries, random));
  const questions = {
    newest: many(pages, () => newestPage(entries)),
    anywhere: inflights.map((inflight) => ({ inflight, asks: anyPage() })),
    kinds: Object.entries(searches).map(([kind, make]) => ({
      kind,
      asks: many(searchesEach, () => make(entries, random)),
    })),
  };
  const mixed = many(searchesEach, () => questions.kinds).flatMap((each, turn) =>
    each.flatMap(({ asks }) => asks.slice(turn, turn + 1)),
  );
  return { ...questions, mixed };
}

function askSteps(values: HistoryOptions): SharingStep<ServedRoom, Row>[] {
  const { entries } = values;
  const questions = questionsOf(entries, values.pages, values.searches);
  const page = (what: string, asks: readonly Ask[], inflight: number) =>
    askStep(what, asks, inflight, (timings): Row => ({ pages: { [what]: timings } }));
  const search = (what: string, asks: readonly Ask[]) =>
    askStep(what, asks, 1, (timings): Row => ({ searches: { [what]: timings } }));
  return [
    page("newest page", questions.newest, 1),
    ...questions.anywhere.map(({ inflight, asks }) =>
      page(`any page, ${inflight} in flight`, asks, inflight),
    ),
    ...questions.kinds.map(({ kind, asks }) => search(kind, asks)),
    search(allInTurn, questions.mixed),
  ];
}

function talkSteps(values: HistoryOptions, load: string): SharingStep<ServedRoom, Row>[] {
  const { rounds, readers, entries, seconds } = values;
  return Array.from({ length: rounds }, (_, round) =>
    interleave([0, readers], round).map((others) => ({
      what: `round ${round + 1} of two who talk, ${others} read`,
      async measure({ server: { port } }: ServedRoom) {
        return { talks: [await measureTalk({ port, load, entries, seconds }, others, round)] };
      },
    })),
  ).flat();
}
