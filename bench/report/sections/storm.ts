// Storms: thousands who come in at once, by server: table and chart.

import { fixed, grouped } from "../../harness/numbers.ts";
import { figuresOf } from "../../harness/outcome.ts";
import { type Kept, ofBenchmark } from "../../harness/record.ts";
import { median } from "../../harness/statistics.ts";
import { paragraphs, tableOf } from "../../harness/table.ts";
import { isOurs, nameOf, roleOf } from "../../servers/candidate-names.ts";
import {
  type StormFigures,
  type StormMeasurement,
  type StormRounds,
  stormColumns,
  stormRows,
} from "../../suites/storm.ts";
import { drawBars } from "../chart/draw-bars.ts";
import type { Section } from "../section.ts";
import { captionOf, notMeasured, picture, sourceOf } from "../section.ts";

const file = "storm.svg";

export const stormSection: Section = {
  name: "storm",
  render(kept) {
    const [run] = ofBenchmark(kept, "storm");
    const measured = (run?.measurements ?? []) as readonly StormMeasurement[];
    const rows = stormRows(measured).filter((rounds) => figuresOf(rounds).length > 0);
    const underWay = rows[0]?.[0]?.underWay;
    if (run === undefined || underWay === undefined) return { markdown: notMeasured("storm") };
    const charted = rows.filter(([first]) => first?.underWay === underWay).map(barOf);
    return {
      markdown: paragraphs(
        picture("A storm of connections, by server", file),
        tableOf(stormColumns, rows, "page"),
        sourceOf(run),
      ),
      charts: { [file]: stormChart(run, charted) },
    };
  },
};

/** Medians of the rounds. */
function barOf(rounds: StormRounds) {
  const figures = figuresOf(rounds);
  const middle = (read: (of: StormFigures) => number): number => median(figures.map(read));
  return {
    candidate: rounds[0]?.candidate ?? "",
    underWay: rounds[0]?.underWay ?? 0,
    connections: middle(({ connections }) => connections),
    perSecond: middle(({ connections, seconds }) => connections / seconds),
    cpuUs: middle(({ serverCpuSeconds, connections }) => (serverCpuSeconds * 1e6) / connections),
  };
}

type Bar = ReturnType<typeof barOf>;

function stormChart(run: Kept, rows: readonly Bar[]): string {
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
