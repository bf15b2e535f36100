// The tables of the history benchmark, and its figures against the design's bars.

import type { Bar } from "../../harness/bar.ts";
import { fixed, grouped, ratio } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import type { Latencies } from "../../harness/latencies.ts";
import type { Start } from "../../harness/measure-starts.ts";
import { median } from "../../harness/median.ts";
import type { MemoryUsage } from "../../harness/process-usage.ts";
import type { Talk } from "./measure-talk.ts";
import type { BuiltRoom } from "./room/cached-room.ts";

export interface HistoryFigures extends BuiltRoom {
  readonly starts: readonly Start[];
  /** Until the server, just started, had nothing to do any more. */
  readonly restSeconds: number;
  readonly pages: Readonly<Record<string, Latencies>>;
  readonly searches: Readonly<Record<string, Latencies>>;
  readonly talks: readonly Talk[];
  /** At the end. */
  readonly used: MemoryUsage & { readonly cpuSeconds: number };
}

const megabytes = (bytes: number): number => bytes / 1e6;
const largest = (values: readonly number[]): number => Math.max(...values);

export function summarise(figures: HistoryFigures): string {
  const { built, starts, restSeconds, used } = figures;
  const ms = starts.map((start) => start.ms);
  const resident = starts.map((start) => start.residentBytes);
  const lines = [
    built === null
      ? "the room was in the cache"
      : `the room: written in ${fixed(built.writeSeconds, 1)} s, indexed by the server in ${fixed(built.indexSeconds, 1)} s`,
    `spawn to welcome: median ${fixed(median(ms), 0)} ms, max ${fixed(largest(ms), 0)} ms; resident then: median ${fixed(megabytes(median(resident)), 1)} MB, max ${fixed(megabytes(largest(resident)), 1)} MB`,
    `at rest after ${fixed(restSeconds, 1)} s; resident at the end: ${fixed(megabytes(used.residentBytes), 1)} MB`,
  ];
  return [lines.join("\n"), asksTable(figures), talkTable(figures.talks)].join("\n\n");
}

function asksTable({ pages, searches }: HistoryFigures): string {
  const row = ([what, { count, p50Ms, p99Ms, maxMs }]: [string, Latencies]) => [
    what,
    grouped(count),
    ...[p50Ms, p99Ms, maxMs].map((each) => fixed(each, 2)),
  ];
  const heading = (what: string) => [what, "asked", "p50 ms", "p99 ms", "max ms"];
  const table = (what: string, of: Readonly<Record<string, Latencies>>) =>
    formatTable([heading(what), ...Object.entries(of).map(row)]);
  return `${table("pages of 50", pages)}\n\n${table("searches, limit 20", searches)}`;
}

function talkTable(talks: readonly Talk[]): string {
  const alone = talks.filter(({ reading }) => reading === null);
  const beside = talks.filter(({ reading }) => reading !== null);
  const middle = (of: readonly Talk[], read: (talk: Talk) => number) => median(of.map(read));
  const perSecond = (read: "pages" | "searches") =>
    middle(beside, ({ reading }) => (reading === null ? 0 : reading[read] / reading.seconds));
  const row = (what: string, of: readonly Talk[], read: readonly string[]) => [
    what,
    fixed(
      middle(of, (talk) => talk.p50Ms),
      2,
    ),
    ratio(
      middle(of, (talk) => talk.p50Ms),
      middle(alone, (talk) => talk.p50Ms),
    ),
    fixed(
      middle(of, (talk) => talk.p99Ms),
      2,
    ),
    ratio(
      middle(of, (talk) => talk.p99Ms),
      middle(alone, (talk) => talk.p99Ms),
    ),
    fixed(
      middle(of, (talk) => talk.maxMs),
      2,
    ),
    grouped(of.reduce((sum, { missing }) => sum + missing, 0)),
    ...read,
  ];
  return formatTable([
    [
      "two talk",
      "p50 ms",
      "÷ alone",
      "p99 ms",
      "÷ alone",
      "max ms",
      "missing",
      "pages/s",
      "searches/s",
    ],
    row("alone", alone, ["0", "0"]),
    row("beside readers", beside, [grouped(perSecond("pages")), grouped(perSecond("searches"))]),
  ]);
}

/** Of pages and searches with one in flight: how long somebody waits, not how long the queue is. */
export function barsOf({ starts, pages, searches }: HistoryFigures): Bar[] {
  const p99Ms = (of: Latencies | undefined): number => of?.p99Ms ?? Number.NaN;
  return [
    {
      what: "any page, 1 in flight, p99",
      value: p99Ms(pages["any page, 1 in flight"]),
      max: 5,
      unit: "ms",
    },
    { what: "newest page, p99", value: p99Ms(pages["newest page"]), max: 5, unit: "ms" },
    {
      what: "searches of all kinds, p99",
      value: p99Ms(searches["all of them, in turn"]),
      max: 50,
      unit: "ms",
    },
    { what: "start, median", value: median(starts.map(({ ms }) => ms)), max: 300, unit: "ms" },
    {
      what: "resident at the start, median",
      value: megabytes(median(starts.map(({ residentBytes }) => residentBytes))),
      max: 90,
      unit: "MB",
    },
  ];
}
