// From spawning the server to its first welcome, and its memory then. The newest kept run.

import { fixed, grouped } from "../../harness/format-number.ts";
import { median } from "../../harness/median.ts";
import type { StartMeasurement } from "../../suites/start/summary.ts";
import { nameOf } from "../candidates.ts";
import { markdownTable, notMeasured, paragraphs } from "../markdown.ts";
import { commitOf, dateOf, ofBenchmark } from "../read-kept.ts";
import type { Section } from "./section.ts";

export const startSection: Section = {
  name: "start",
  render(kept) {
    const [run] = ofBenchmark(kept, "start");
    if (run === undefined) return { markdown: notMeasured("start") };
    const groups = Map.groupBy(
      run.measurements as readonly StartMeasurement[],
      ({ candidate, entries }) => `${nameOf(candidate)}, ${grouped(entries)} messages on disk`,
    );
    const rows = [...groups].map(([what, here]) => {
      const ms = here.map((start) => start.ms);
      const megabytes = here.map(({ residentBytes }) => residentBytes / 1e6);
      return [
        what,
        grouped(here.length),
        ...[median(ms), Math.max(...ms)].map((value) => fixed(value, 0)),
        ...[median(megabytes), Math.max(...megabytes)].map((value) => fixed(value, 1)),
      ];
    });
    const heading = [
      "spawn to `welcome`",
      "starts",
      "median ms",
      "worst ms",
      "median MB",
      "worst MB",
    ];
    const table = markdownTable([heading, ...rows]);
    return { markdown: paragraphs(table, `${dateOf(run)}, commit ${commitOf(run)}.`) };
  },
};
