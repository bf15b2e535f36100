// Fan-out in the closed loop: every server in each scenario, as tables, and as charts of the three
// rooms that the bar names.

import { type BarRow, drawBars } from "../../chart/draw-bars.ts";
import type { Scenario } from "../../load/scenario.ts";
import { fixed, grouped } from "../../stage/format-number.ts";
import { isOurs, nameOf, roleOf } from "../candidates.ts";
import {
  type FanoutRow,
  type FanoutTable,
  fanoutTables,
  isOpenLoop,
  timesOf,
} from "../fanout-tables.ts";
import { markdownTable, notMeasured, paragraphs, picture } from "../markdown.ts";
import { captionOf, commitOf, dateOf } from "../read-kept.ts";
import type { Section } from "./section.ts";

interface Room {
  readonly rooms: number;
  readonly members: number;
  readonly title: string;
  readonly file: string;
}

/** The rooms of the bar, each with its chart. */
const charted: readonly Room[] = [
  { rooms: 1, members: 100, title: "One room of 100 members", file: "fanout-100.svg" },
  { rooms: 1, members: 1000, title: "One room of 1,000 members", file: "fanout-1000.svg" },
  { rooms: 100, members: 10, title: "A hundred rooms of 10 members", file: "fanout-10.svg" },
];

export const fanoutSection: Section = {
  name: "fan-out",
  render(kept) {
    const tables = fanoutTables(kept).filter(
      ({ scenario }) => !isOpenLoop(scenario) && scenario.stalled === 0,
    );
    if (tables.length === 0) return { markdown: notMeasured("fanout") };
    const charts: Record<string, string> = {};
    const parts: string[] = [];
    for (const room of charted) {
      const here = tables.filter(({ scenario }) => isOf(scenario, room)).sort(mostInFlightFirst);
      const [first] = here;
      if (first === undefined) continue;
      charts[room.file] = chartOf(first, room);
      parts.push(picture(`${room.title}: throughput and CPU per delivery by server`, room.file));
      parts.push(...here.map(describe));
    }
    const others = tables.filter(({ scenario }) => !charted.some((room) => isOf(scenario, room)));
    return { markdown: paragraphs(...parts, ...others.map(describe)), charts };
  },
};

const isOf = (scenario: Scenario, room: Room): boolean =>
  scenario.rooms === room.rooms && scenario.members === room.members && scenario.textBytes === 64;

const inflightOf = ({ pace }: Scenario): number => ("inflight" in pace ? pace.inflight : 0);

const mostInFlightFirst = (one: FanoutTable, other: FanoutTable): number =>
  inflightOf(other.scenario) - inflightOf(one.scenario);

const times = (value: number | undefined): string => (value === undefined ? "–" : fixed(value, 2));

const headings = [
  "server",
  "deliveries/s",
  "× C",
  "× Bun.serve",
  "CPU µs/delivery",
  "× C",
  "× Bun.serve",
  "p50 ms",
  "p99 ms",
];

function describe({ scenario, run, rows }: FanoutTable): string {
  const elsewhere = [...new Set(rows.map((row) => row.run))].filter((each) => each !== run);
  const shown = [run, ...elsewhere].flatMap((each) => rows.filter((row) => row.run === each));
  const marks = new Map(elsewhere.map((each, index) => [each, `<sup>${index + 1}</sup>`]));
  const cells = shown.map((row) => [
    `${emphasised(row.candidate)}${marks.get(row.run) ?? ""}`,
    grouped(row.deliveriesPerSecond),
    times(timesOf(row, "coalescing", "deliveriesPerSecond")),
    times(timesOf(row, "bun-serve", "deliveriesPerSecond")),
    fixed(row.cpuUs, 3),
    times(timesOf(row, "coalescing", "cpuUs")),
    times(timesOf(row, "bun-serve", "cpuUs")),
    fixed(row.p50Ms, 2),
    fixed(row.p99Ms, 2),
  ]);
  const notes = elsewhere.map(
    ({ kept }, index) =>
      `<sup>${index + 1}</sup> Of another run, ${dateOf(kept)}, commit ${commitOf(kept)}: its ratios are to that run's servers.`,
  );
  const missing = shown.reduce((sum, row) => sum + row.missing, 0);
  const lost = missing === 0 ? "nothing missing" : `${grouped(missing)} deliveries missing`;
  const heading = `**${roomsOf(scenario)}, ${inflightOf(scenario)} messages in flight, ${grouped(scenario.textBytes)}-byte texts** (${dateOf(run.kept)}, commit ${commitOf(run.kept)}; ${lost})`;
  return paragraphs(heading, markdownTable([headings, ...cells]), ...notes);
}

export function roomsOf({ rooms, members, talkers }: Scenario): string {
  const who = talkers === members ? "all talking" : `${grouped(talkers)} of them talking`;
  return `${rooms === 1 ? "One room" : `${grouped(rooms)} rooms`} of ${grouped(members)}, ${who}`;
}

const emphasised = (candidate: string): string =>
  isOurs(candidate) ? `**${nameOf(candidate)}**` : nameOf(candidate);

/** Of one run alone. A slow server's bar may be short; a dear one must not squeeze the others'. */
function chartOf({ scenario, run }: FanoutTable, { title }: Room): string {
  const reference = scenario.members > 10 ? "coalescing" : "bun-serve";
  const figure = scenario.members > 10 ? "deliveriesPerSecond" : "cpuUs";
  const order = figure === "cpuUs" ? 1 : -1;
  const rows = [...run.rows].sort((one, other) => order * (one[figure] - other[figure]));
  const main = mainOf(rows);
  const rounds = Math.max(...rows.map((row) => row.rounds));
  return drawBars({
    title: `${title}, ${scenario.talkers === scenario.members ? "all talking" : `${scenario.talkers} talking`}`,
    subtitle: `Closed loop, ${inflightOf(scenario)} messages in flight, ${scenario.textBytes}-byte texts; medians of ${rounds} rounds, servers in turn`,
    caption: captionOf(run.kept),
    panels: [
      {
        title: "Deliveries per second",
        better: "more",
        scale: "linear",
      },
      {
        title: "Server CPU per delivery, µs",
        better: "less",
        scale: scaleOf(rows.map((row) => row.cpuUs)),
      },
    ],
    rows: rows.map((row) => barOf(row, reference, main)),
  });
}

const scaleOf = (values: readonly number[]): "linear" | "log" =>
  Math.max(...values) > 20 * Math.min(...values) ? "log" : "linear";

function barOf(row: FanoutRow, reference: string, main: string): BarRow {
  const beside = (figure: "deliveriesPerSecond" | "cpuUs"): string => {
    const of = timesOf(row, reference, figure);
    const name = reference === "coalescing" ? "C" : "Bun";
    return of === undefined || row.candidate === reference ? "" : `  ·  ${fixed(of, 2)} × ${name}`;
  };
  return {
    name: nameOf(row.candidate),
    role: roleOf(row.candidate, main),
    cells: [
      {
        value: row.deliveriesPerSecond,
        label: `${shortCount(row.deliveriesPerSecond)}${beside("deliveriesPerSecond")}`,
      },
      { value: row.cpuUs, label: `${row.cpuUs.toPrecision(3)}${beside("cpuUs")}` },
    ],
  };
}

/** `12.5 M`, `361 k`. */
export const shortCount = (count: number): string =>
  count < 1e6 ? `${fixed(count / 1e3, 0)} k` : `${fixed(count / 1e6, count < 1e7 ? 2 : 1)} M`;

/** Maru as it is started unless told otherwise, without the log: what the peers do. */
function mainOf(rows: readonly FanoutRow[]): string {
  const ours = rows.map(({ candidate }) => candidate).filter(isOurs);
  const wanted = ["maru:auto", "maru:auto:memory", "maru:0", "maru:0:memory"];
  return wanted.find((name) => ours.includes(name)) ?? ours[0] ?? "";
}
