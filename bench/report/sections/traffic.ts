// An evening of mixed traffic: rooms of all sizes, bursts, people who move. The newest kept run.

import { fixed, grouped } from "../../harness/format-number.ts";
import { median } from "../../harness/median.ts";
import type { TrafficFigures, TrafficMeasurement } from "../../suites/traffic/measure-traffic.ts";
import type { TrafficOptions } from "../../suites/traffic/options.ts";
import { nameOf } from "../candidates.ts";
import { markdownTable, notMeasured, paragraphs } from "../markdown.ts";
import { commitOf, dateOf, ofBenchmark } from "../read-kept.ts";
import type { Section } from "./section.ts";

type Read = (of: TrafficFigures) => number;

const columns: readonly (readonly [string, Read, (value: number) => string])[] = [
  ["messages/s", (of) => of.messages / of.seconds, grouped],
  ["deliveries/s", (of) => of.deliveries / of.seconds, grouped],
  ["missing", (of) => of.missing, grouped],
  ["p50 ms", ({ p50Ms }) => p50Ms, (ms) => fixed(ms, 2)],
  ["p99 ms", ({ p99Ms }) => p99Ms, (ms) => fixed(ms, 2)],
  ["a move, p99 ms", ({ moveP99Ms }) => moveP99Ms, (ms) => fixed(ms, 1)],
  ["CPU µs/delivery", (of) => (of.serverCpuSeconds * 1e6) / of.deliveries, (us) => fixed(us, 2)],
  ["MB", ({ memoryThen }) => memoryThen.residentBytes / 1e6, (value) => fixed(value, 0)],
];

export const trafficSection: Section = {
  name: "traffic",
  render(kept) {
    const [run] = ofBenchmark(kept, "traffic");
    if (run === undefined) return { markdown: notMeasured("traffic") };
    const { evening } = run.options as TrafficOptions;
    const groups = Map.groupBy(
      run.measurements as readonly TrafficMeasurement[],
      ({ candidate }) => candidate,
    );
    const rows = [...groups].flatMap(([candidate, here]) => {
      const figures = here.flatMap(({ outcome }) =>
        "figures" in outcome ? [outcome.figures] : [],
      );
      if (figures.length === 0) return [];
      const cells = columns.map(([, read, show]) => show(median(figures.map(read))));
      return [[nameOf(candidate), ...cells]];
    });
    const heading = ["server", ...columns.map(([what]) => what)];
    if (rows.length === 0) return { markdown: notMeasured("traffic") };
    const who = `${grouped(evening.people)} people in ${grouped(evening.rooms)} rooms; ${dateOf(run)}, commit ${commitOf(run)}.`;
    return { markdown: paragraphs(markdownTable([heading, ...rows]), who) };
  },
};
