// Storms: thousands who come in at once, and thousands who were cut off and come back.

import { fixed, grouped } from "../../harness/format-number.ts";
import { median } from "../../harness/median.ts";
import type { Resume } from "../../suites/resume/measure-resume.ts";
import type { ResumeOptions } from "../../suites/resume/options.ts";
import type { StormFigures, StormMeasurement } from "../../suites/storm/measure-storm.ts";
import { isOurs, nameOf, roleOf } from "../candidates.ts";
import { drawBars } from "../chart/draw-bars.ts";
import { markdownTable, notMeasured, paragraphs, picture } from "../markdown.ts";
import { captionOf, commitOf, dateOf, type Kept, ofBenchmark } from "../read-kept.ts";
import type { Section } from "./section.ts";

interface StormRow {
  readonly candidate: string;
  readonly underWay: number;
  readonly connections: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly p99Ms: number;
  readonly retries: number;
}

const file = "storm.svg";

export const stormSection: Section = {
  name: "storm",
  render(kept) {
    const [newest] = ofBenchmark(kept, "storm");
    if (newest === undefined) return { markdown: notMeasured("storm") };
    const rows = stormRows(newest);
    if (rows.length === 0) return { markdown: notMeasured("storm") };
    const table = markdownTable([
      [
        "server",
        "under way at once",
        "connections",
        "in all, s",
        "connections/s",
        "CPU µs each",
        "p99 ms",
        "tries again",
      ],
      ...rows.map((row) => [
        nameOf(row.candidate),
        row.underWay === 0 ? "everybody" : grouped(row.underWay),
        grouped(row.connections),
        fixed(row.seconds, 2),
        grouped(row.perSecond),
        fixed(row.cpuUs, 0),
        fixed(row.p99Ms, 0),
        grouped(row.retries),
      ]),
    ]);
    const run = `${dateOf(newest)}, commit ${commitOf(newest)}.`;
    const charted = rows.filter(({ underWay }) => underWay === (rows[0]?.underWay ?? 0));
    return {
      markdown: paragraphs(picture("A storm of connections, by server", file), table, run),
      charts: { [file]: stormChart(newest, charted) },
    };
  },
};

function stormRows({ measurements }: Kept): StormRow[] {
  const all = measurements as readonly StormMeasurement[];
  const kinds = [...new Set(all.map(({ underWay }) => underWay))];
  const names = [...new Set(all.map(({ candidate }) => candidate))];
  return kinds.flatMap((underWay) =>
    names.flatMap((candidate) => {
      const figures = all.flatMap((each) =>
        each.candidate === candidate && each.underWay === underWay && "figures" in each.outcome
          ? [each.outcome.figures]
          : [],
      );
      return figures.length === 0 ? [] : [stormRow(candidate, underWay, figures)];
    }),
  );
}

function stormRow(candidate: string, underWay: number, figures: readonly StormFigures[]): StormRow {
  const middle = (read: (of: StormFigures) => number): number => median(figures.map(read));
  return {
    candidate,
    underWay,
    connections: middle(({ connections }) => connections),
    seconds: middle(({ seconds }) => seconds),
    perSecond: middle(({ connections, seconds }) => connections / seconds),
    cpuUs: middle(({ serverCpuSeconds, connections }) => (serverCpuSeconds * 1e6) / connections),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    retries: middle(({ retries }) => retries),
  };
}

function stormChart(run: Kept, rows: readonly StormRow[]): string {
  const [first] = rows;
  const main = rows.find(({ candidate }) => isOurs(candidate))?.candidate ?? "";
  const sorted = rows.toSorted((one, other) => other.perSecond - one.perSecond);
  const crowd = first?.underWay === 0 ? "all at once" : `${first?.underWay} under way at a time`;
  return drawBars({
    title: "A storm of connections",
    subtitle: `${grouped(first?.connections ?? 0)} people connect, greet and join a room, ${crowd}; medians of the rounds`,
    caption: captionOf(run),
    panels: [
      { title: "Connections per second", better: "more", scale: "linear" },
      { title: "Server CPU per connection, µs", better: "less", scale: "linear" },
    ],
    rows: sorted.map(({ candidate, perSecond, cpuUs }) => ({
      name: nameOf(candidate),
      role: roleOf(candidate, main),
      cells: [
        { value: perSecond, label: grouped(perSecond) },
        { value: cpuUs, label: fixed(cpuUs, 0) },
      ],
    })),
  });
}

export const resumeSection: Section = {
  name: "resume",
  render(kept) {
    const runs = newestOfEachKind(ofBenchmark(kept, "resume"));
    if (runs.length === 0) return { markdown: notMeasured("resume") };
    const rows = runs.flatMap((run) =>
      (run.measurements as readonly Resume[]).map((each) => rowOf(run, each)),
    );
    const heading = [
      "clients",
      "rooms",
      "missed in each",
      "server",
      "half back, s",
      "all back, s",
      "lost or twice",
      "tries again",
      "log reads",
      "run",
    ];
    return { markdown: markdownTable([heading, ...rows]) };
  },
};

const optionsOf = ({ options }: Kept) => options as ResumeOptions;

function newestOfEachKind(runs: readonly Kept[]): Kept[] {
  const kinds = new Map<string, Kept>();
  for (const run of runs.toReversed()) {
    const { clients, rooms, messages, restart, durability } = optionsOf(run);
    kinds.set(JSON.stringify([clients, rooms, messages, restart, durability]), run);
  }
  return [...kinds.values()].toReversed();
}

function rowOf(run: Kept, { returned, logReads }: Resume): string[] {
  const { clients, rooms, messages, restart } = optionsOf(run);
  return [
    grouped(clients),
    grouped(rooms),
    grouped(messages),
    restart ? "killed and restarted" : "stays up",
    fixed(returned.completed.p50Ms / 1000, 2),
    fixed(returned.completed.maxMs / 1000, 2),
    grouped(returned.missing + returned.unexpected),
    grouped(returned.retries),
    grouped(logReads),
    `${dateOf(run)}, ${commitOf(run)}`,
  ];
}
