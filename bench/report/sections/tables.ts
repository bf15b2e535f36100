// The parts of the page that are tables and nothing else: each benchmark's own columns, over its
// newest kept run.

import { fixed, fixedWithin, grouped } from "../../harness/numbers.ts";
import { figuresOf } from "../../harness/outcome.ts";
import { type Kept, ofBenchmark } from "../../harness/record.ts";
import { type Column, column, paragraphs, tableOf } from "../../harness/table.ts";
import type { Measurement } from "../../load/measurement.ts";
import type { LoadRow } from "../../load/summary.ts";
import { nameOf } from "../../servers/candidate-names.ts";
import { type BarMeasurement, barColumns, notYet } from "../../suites/bar/judge.ts";
import { barRows } from "../../suites/bar.ts";
import { type ClientMeasurement, clientTables } from "../../suites/client/client-tables.ts";
import { type HistoryFigures, historyTables } from "../../suites/history/history-tables.ts";
import type { Resume } from "../../suites/resume/measure-resume.ts";
import { type ResumeOptions, resumeColumns } from "../../suites/resume.ts";
import { slowTable } from "../../suites/slow.ts";
import { type StartMeasurement, startColumns, startRows } from "../../suites/start.ts";
import {
  type TrafficMeasurement,
  type TrafficOptions,
  trafficColumns,
  trafficRows,
} from "../../suites/traffic.ts";
import { type FanoutTable, fanoutTables, isOpenLoop } from "../fanout-tables.ts";
import type { Section } from "../section.ts";
import { commitOf, dateOf, notMeasured, sourceOf } from "../section.ts";
import { roomsOf } from "./fanout.ts";

/** `tell` gets the newest kept run and its measurements; "" says that nothing came of it. */
function newestRun<Row>(
  name: string,
  tell: (measurements: readonly Row[], run: Kept) => string,
): Section {
  return {
    name,
    render(kept) {
      const [run] = ofBenchmark(kept, name);
      const told = run === undefined ? "" : tell(run.measurements as readonly Row[], run);
      return { markdown: told || notMeasured(name) };
    },
  };
}

export const historySection = newestRun<HistoryFigures>("history", ([figures], run) => {
  if (figures === undefined) return "";
  const { entries } = run.options as { readonly entries: number };
  const room = `A room of ${grouped(entries)} messages; ${sourceOf(run)}`;
  return paragraphs(historyTables(figures, "page"), room);
});

export const startSection = newestRun<StartMeasurement>("start", (starts, run) =>
  paragraphs(tableOf(startColumns, startRows(starts), "page"), sourceOf(run)),
);

export const slowSection = newestRun<Measurement>("slow", (measurements, run) =>
  paragraphs(slowTable(measurements, "page"), sourceOf(run)),
);

export const trafficSection = newestRun<TrafficMeasurement>("traffic", (measurements, run) => {
  const rows = trafficRows(measurements).filter((rounds) => figuresOf(rounds).length > 0);
  if (rows.length === 0) return "";
  const older = run.options as { readonly evening?: TrafficOptions };
  const { people, rooms } = older.evening ?? (run.options as TrafficOptions);
  const who = `${grouped(people)} people in ${grouped(rooms)} rooms; ${sourceOf(run)}`;
  return paragraphs(tableOf(trafficColumns, rows, "page"), who);
});

/** A pause of another program's is in a tail as one of ours would be: so it is told that others ran. */
const quietLoadMax = 0.5;

export const clientSection = newestRun<ClientMeasurement>("client", (measurements, run) => {
  const { loadAverage } = run.machine;
  const others = `; others were at work on the machine (load average ${fixed(loadAverage, 1)} before it)`;
  const source = `${dateOf(run)}, commit ${commitOf(run)}${loadAverage > quietLoadMax ? others : ""}.`;
  return paragraphs(clientTables(measurements, "page"), source);
});

/** Every row, from the newest run that has it. */
export const barSection: Section = {
  name: "bar",
  render(kept) {
    const runs = ofBenchmark(kept, "bar");
    const measuredIn = ({ measurements }: Kept, row: string) =>
      (measurements as readonly BarMeasurement[]).filter((each) => each.row === row);
    const rows = Object.entries(barRows).flatMap(([row, { about }]): BarMeasurement[] => {
      const run = runs.find((each) => measuredIn(each, row).length > 0);
      if (run !== undefined) return measuredIn(run, row);
      const command = `bun run bench bar --rows ${row}`;
      return [
        {
          row,
          what: about,
          value: 0,
          unit: "",
          wanted: "",
          isMet: false,
          missedBy: notYet,
          command,
        },
      ];
    });
    const [newest] = runs;
    const run = newest === undefined ? "" : `The newest run: ${sourceOf(newest)}`;
    return { markdown: paragraphs(tableOf(barColumns, rows, "page"), run) };
  },
};

interface LatencyRow {
  readonly table: FanoutTable;
  readonly row: LoadRow;
}

const latencyColumns: readonly Column<LatencyRow>[] = [
  column("rooms", ({ table, row }) => `${roomsOf(table.scenario)}: ${nameOf(row.candidate)}`),
  column("messages/s", ({ table: { scenario } }) =>
    grouped("messagesPerSecond" in scenario.pace ? scenario.pace.messagesPerSecond : 0),
  ),
  column("deliveries/s", ({ row }) => grouped(row.deliveriesPerSecond)),
  column("p50 ms", ({ row }) => fixed(row.p50Ms, 2)),
  column("p99 ms", ({ row }) => fixed(row.p99Ms, 2)),
  column("CPU µs/delivery (min–max)", ({ row }) => fixedWithin(row.cpuUs, row.spread.cpuUs, 2)),
  column("run", ({ table }) => `${dateOf(table.kept)}, ${commitOf(table.kept)}`),
];

/** In the open loop. */
export const latencySection: Section = {
  name: "latency",
  render(kept) {
    const tables = fanoutTables(kept).filter(({ scenario }) => isOpenLoop(scenario));
    const rows = tables.flatMap((table) => table.rows.map((row) => ({ table, row })));
    if (rows.length === 0) return { markdown: notMeasured("fanout --rate N") };
    return { markdown: tableOf(latencyColumns, rows, "page") };
  },
};

interface ResumeRow {
  readonly run: Kept;
  readonly resume: Resume;
}

const optionsOf = ({ run }: Pick<ResumeRow, "run">) => run.options as ResumeOptions;

const ofRun = (title: string, cell: (options: ResumeOptions) => string): Column<ResumeRow> => ({
  title,
  cell: (row) => cell(optionsOf(row)),
});

const resumeRunColumns: readonly Column<ResumeRow>[] = [
  ofRun("clients", ({ clients }) => grouped(clients)),
  ofRun("rooms", ({ rooms }) => grouped(rooms)),
  ofRun("missed in each", ({ messages }) => grouped(messages)),
  ofRun("server", ({ restart }) => (restart ? "killed and restarted" : "stays up")),
  ...resumeColumns.map(({ cell, ...column }) => ({
    ...column,
    cell: ({ resume }: ResumeRow) => cell(resume, "page"),
  })),
  column("run", ({ run }) => `${dateOf(run)}, ${commitOf(run)}`),
];

/** The newest run of each kind. */
export const resumeSection: Section = {
  name: "resume",
  render(kept) {
    const kinds = new Map<string, Kept>();
    for (const run of ofBenchmark(kept, "resume").toReversed()) {
      const { clients, rooms, messages, restart, durability } = optionsOf({ run });
      kinds.set(JSON.stringify([clients, rooms, messages, restart, durability]), run);
    }
    const rows = [...kinds.values()]
      .toReversed()
      .flatMap((run) => (run.measurements as readonly Resume[]).map((resume) => ({ run, resume })));
    if (rows.length === 0) return { markdown: notMeasured("resume") };
    return { markdown: tableOf(resumeRunColumns, rows, "page") };
  },
};
