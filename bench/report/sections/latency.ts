// Latency in the open loop, and what a member who never reads costs the others.

import { fixed, grouped, ratio } from "../../harness/format-number.ts";
import { median } from "../../harness/median.ts";
import type { Measurement } from "../../load/measure-load.ts";
import { nameOf } from "../candidates.ts";
import { fanoutTables, isOpenLoop } from "../fanout-tables.ts";
import { markdownTable, notMeasured, paragraphs } from "../markdown.ts";
import { commitOf, dateOf, type Kept, ofBenchmark } from "../read-kept.ts";
import { fixedWithin } from "../short-numbers.ts";
import { roomsOf } from "./fanout.ts";
import type { Section } from "./section.ts";

export const latencySection: Section = {
  name: "latency",
  render(kept) {
    const tables = fanoutTables(kept).filter(({ scenario }) => isOpenLoop(scenario));
    if (tables.length === 0) return { markdown: notMeasured("fanout --rate N") };
    const rows = tables.flatMap(({ scenario, kept: run, rows: all }) =>
      all.map((row) => [
        `${roomsOf(scenario)}: ${nameOf(row.candidate)}`,
        grouped("messagesPerSecond" in scenario.pace ? scenario.pace.messagesPerSecond : 0),
        grouped(row.deliveriesPerSecond),
        fixed(row.p50Ms, 2),
        fixed(row.p99Ms, 2),
        fixedWithin(row.cpuUs, row.spread.cpuUs, 2),
        `${dateOf(run)}, ${commitOf(run)}`,
      ]),
    );
    const headings = [
      "rooms",
      "messages/s",
      "deliveries/s",
      "p50 ms",
      "p99 ms",
      "CPU µs/delivery (min–max)",
      "run",
    ];
    return { markdown: markdownTable([headings, ...rows]) };
  },
};

export const slowSection: Section = {
  name: "slow",
  render(kept) {
    const [newest] = ofBenchmark(kept, "slow");
    if (newest === undefined) return { markdown: notMeasured("slow") };
    return {
      markdown: paragraphs(slowTable(newest), `${dateOf(newest)}, commit ${commitOf(newest)}.`),
    };
  },
};

function slowTable({ measurements }: Kept): string {
  const all = measurements as readonly Measurement[];
  const middle = (candidate: string, stalled: number, figure: "p50Ms" | "p99Ms"): number =>
    median(
      all.flatMap((each) =>
        each.candidate === candidate &&
        each.scenario.stalled === stalled &&
        "figures" in each.outcome
          ? [each.outcome.figures[figure]]
          : [],
      ),
    );
  const rows = [...new Set(all.map(({ candidate }) => candidate))].flatMap((candidate) =>
    [...new Set(all.map(({ scenario }) => scenario.stalled))].map((stalled) => [
      nameOf(candidate),
      grouped(stalled),
      fixed(middle(candidate, stalled, "p50Ms"), 2),
      fixed(middle(candidate, stalled, "p99Ms"), 2),
      ratio(middle(candidate, stalled, "p99Ms"), middle(candidate, 0, "p99Ms")),
    ]),
  );
  return markdownTable([
    ["server", "members who never read", "p50 ms", "p99 ms", "p99 ÷ without"],
    ...rows,
  ]);
}
