// Fan-out in the closed loop: every server in each scenario, as tables, and as charts of the three
// rooms that the bar names.

import { fixed, grouped, shortCount } from "../../harness/numbers.ts";
import { paragraphs, tableOf } from "../../harness/table.ts";
import type { Scenario } from "../../load/scenario.ts";
import { type LoadRow, loadColumns, overtakes, timesOf } from "../../load/summary.ts";
import { mainOf, nameOf, roleOf } from "../../servers/candidate-names.ts";
import { type BarRow, drawBars } from "../chart/draw-bars.ts";
import {
  type FanoutTable,
  fanoutTables,
  fullestFirst,
  inflightOf,
  isOpenLoop,
} from "../fanout-tables.ts";
import type { Section } from "../section.ts";
import { captionOf, commitOf, dateOf, notMeasured, picture } from "../section.ts";

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
      const here = tables.filter(({ scenario }) => isOf(scenario, room)).sort(fullestFirst);
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

function describe(table: FanoutTable): string {
  const { scenario, kept, rows, failed } = table;
  const stolen =
    table.stolenShare === undefined
      ? ""
      : `; other guests of the host had up to ${fixed(table.stolenShare * 100, 1)} % of the cores`;
  const heading = `**${roomsOf(scenario)}, ${inflightOf(table)} messages in flight, ${grouped(scenario.textBytes)}-byte texts** (${dateOf(kept)}, commit ${commitOf(kept)}${stolen})`;
  const note = rows.some(overtakes) ? overtaking : "";
  return paragraphs(heading, tableOf(loadColumns(table), [...rows, ...failed], "page"), note);
}

const overtaking =
  "<sup>1</sup> Two workers of the textbook's thread pool may overtake each other on the way to the lock of the room: the design allows it, and it is counted.";

export function roomsOf({ rooms, members, talkers }: Scenario): string {
  const who = talkers === members ? "all talking" : `${grouped(talkers)} of them talking`;
  return `${rooms === 1 ? "One room" : `${grouped(rooms)} rooms`} of ${grouped(members)}, ${who}`;
}

/** A slow server's bar may be short; a dear one must not squeeze the others'. */
function chartOf(table: FanoutTable, { title }: Room): string {
  const { scenario, kept } = table;
  const reference = scenario.members > 10 ? "coalescing" : "bun-serve";
  const figure = scenario.members > 10 ? "deliveriesPerSecond" : "cpuUs";
  const order = figure === "cpuUs" ? 1 : -1;
  const rows = [...table.rows].sort((one, other) => order * (one[figure] - other[figure]));
  const main = mainOf(rows.map(({ candidate }) => candidate)) ?? "";
  const rounds = Math.max(...rows.map((row) => row.rounds.planned));
  return drawBars({
    title: `${title}, ${scenario.talkers === scenario.members ? "all talking" : `${scenario.talkers} talking`}`,
    subtitle: `Closed loop, ${inflightOf(table)} messages in flight, ${scenario.textBytes}-byte texts; medians of ${rounds} rounds, servers in turn`,
    caption: captionOf(kept),
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
    rows: rows.map((row) => barOf(table, row, reference, main)),
  });
}

const scaleOf = (values: readonly number[]): "linear" | "log" =>
  Math.max(...values) > 20 * Math.min(...values) ? "log" : "linear";

function barOf(table: FanoutTable, row: LoadRow, reference: string, main: string): BarRow {
  const beside = (figure: "deliveriesPerSecond" | "cpuUs"): string => {
    const of = timesOf(table, row, reference, figure);
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
