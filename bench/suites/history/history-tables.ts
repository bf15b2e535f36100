// The tables of the history benchmark, and its figures against the design's bars.

import type { Bar } from "../../harness/bars.ts";
import { digits, fixed, grouped, ratio } from "../../harness/numbers.ts";
import { type Latencies, median } from "../../harness/statistics.ts";
import {
  type Column,
  column,
  columnsOver,
  type Place,
  paragraphs,
  tableOf,
} from "../../harness/table.ts";
import type { MemoryUsage } from "../../harness/usage.ts";
import type { Start } from "../../load/measure-start.ts";
import type { BuiltRoom } from "./cached-room.ts";
import type { Talk } from "./measure-talk.ts";

type Timings = Readonly<Record<string, Latencies>>;

export interface HistoryFigures extends BuiltRoom {
  readonly starts: readonly Start[];
  /** Until the server, just started, had nothing to do any more. */
  readonly restSeconds: number;
  readonly pages: Timings;
  readonly searches: Timings;
  readonly talks: readonly Talk[];
  /** At the end. */
  readonly used: MemoryUsage & { readonly cpuSeconds: number };
}

export const allInTurn = "all of them, in turn";

type Timed = readonly [what: string, latencies: Latencies];

const askColumns = (what: string): Column<Timed>[] => [
  column(what, ([name]) => name),
  column("asked", ([, { count }]) => grouped(count)),
  column("p50 ms", ([, { p50Ms }]) => fixed(p50Ms, 2)),
  column("p99 ms", ([, { p99Ms }]) => fixed(p99Ms, 2)),
  column("max ms", ([, { maxMs }]) => fixed(maxMs, 2)),
];

interface Talks {
  readonly who: string;
  readonly talks: readonly Talk[];
}

/** What the readers cost two people who talk in another room: the tail says it, not the middle. */
function talkColumns(alone: Talks): Column<Talks>[] {
  const { middle, total, within } = columnsOver<Talks, Talk>(({ talks }) => talks);
  const over = (read: (talk: Talk) => number): Column<Talks> =>
    column(
      "÷ alone",
      ({ talks }) => ratio(median(talks.map(read)), median(alone.talks.map(read))),
      "terminal",
    );
  const perSecond = (read: "pages" | "searches") =>
    middle(
      `${read}/s`,
      ({ reading }) => (reading === null ? 0 : reading[read] / reading.seconds),
      grouped,
      "terminal",
    );
  return [
    column("two people talk in another room", ({ who }) => who),
    column("rounds", ({ talks }) => grouped(talks.length)),
    within("p50 ms", ({ p50Ms }) => p50Ms, 2),
    over(({ p50Ms }) => p50Ms),
    within("p99 ms", ({ p99Ms }) => p99Ms, 2),
    over(({ p99Ms }) => p99Ms),
    middle("max ms", ({ maxMs }) => maxMs, digits(2), "terminal"),
    total("missing", ({ missing }) => missing, grouped, "terminal"),
    perSecond("pages"),
    perSecond("searches"),
  ];
}

export function historyTables({ pages, searches: found, talks }: HistoryFigures, place: Place) {
  const alone = { who: "alone", talks: talks.filter(({ reading }) => reading === null) };
  const beside = {
    who: "beside the readers",
    talks: talks.filter(({ reading }) => reading !== null),
  };
  const measured = [alone, beside].filter((each) => each.talks.length > 0);
  return paragraphs(
    tableOf(askColumns("pages of 50"), Object.entries(pages), place),
    tableOf(askColumns("searches, limit 20"), Object.entries(found), place),
    tableOf(talkColumns(alone), measured, place),
  );
}

export function historyLines({ built, starts, restSeconds, used }: HistoryFigures): string {
  const ms = starts.map((start) => start.ms);
  const megabytes = starts.map(({ residentBytes }) => residentBytes / 1e6);
  const room =
    built === null
      ? "the room was in the cache"
      : `the room: written in ${fixed(built.writeSeconds, 1)} s, indexed by the server in ${fixed(built.indexSeconds, 1)} s`;
  const told = (values: readonly number[], decimals: number, unit: string) =>
    `median ${fixed(median(values), decimals)} ${unit}, max ${fixed(Math.max(...values), decimals)} ${unit}`;
  return [
    room,
    `spawn to welcome: ${told(ms, 0, "ms")}; resident then: ${told(megabytes, 1, "MB")}`,
    `at rest after ${fixed(restSeconds, 1)} s; resident at the end: ${fixed(used.residentBytes / 1e6, 1)} MB`,
  ].join("\n");
}

/** Of pages and searches with one in flight: how long a client waits, not how long the queue is. */
export function historyBars({ starts, pages, searches: found }: HistoryFigures): Bar[] {
  const late = (what: string, of: Latencies | undefined, max: number): Bar => ({
    what: `${what}, p99`,
    value: of?.p99Ms ?? Number.NaN,
    max,
    unit: "ms",
  });
  const ms = median(starts.map((start) => start.ms));
  const megabytes = median(starts.map(({ residentBytes }) => residentBytes / 1e6));
  return [
    late("any page, 1 in flight", pages["any page, 1 in flight"], 5),
    late("newest page", pages["newest page"], 5),
    late("searches of all kinds", found[allInTurn], 50),
    { what: "start, median", value: ms, max: 300, unit: "ms" },
    { what: "resident at the start, median", value: megabytes, max: 90, unit: "MB" },
  ];
}
