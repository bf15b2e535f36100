// The bar: every row, met or missed and by how much, with the command that measures it alone.

import { type BarMeasurement, shown } from "../../suites/bar/judge.ts";
import { rows as barRows } from "../../suites/bar/options.ts";
import { markdownTable, paragraphs } from "../markdown.ts";
import { commitOf, dateOf, type Kept, ofBenchmark } from "../read-kept.ts";
import type { Section } from "./section.ts";

export const barSection: Section = {
  name: "bar",
  render(kept) {
    const runs = ofBenchmark(kept, "bar");
    const rows = Object.entries(barRows).flatMap(([row, { about }]) => {
      const run = runs.find((each) => measurementsOf(each).some((found) => found.row === row));
      if (run === undefined)
        return [[about, "–", "–", "not measured yet", `\`bun run bench bar --rows ${row}\``]];
      const found = measurementsOf(run).filter((each) => each.row === row);
      return found.map((each) => cells(each));
    });
    const heading = ["what", "wanted", "measured", "", "by itself"];
    const [newest] = runs;
    const run =
      newest === undefined ? "" : `The newest run: ${dateOf(newest)}, commit ${commitOf(newest)}.`;
    return { markdown: paragraphs(markdownTable([heading, ...rows]), run) };
  },
};

const measurementsOf = ({ measurements }: Kept) => measurements as readonly BarMeasurement[];

function cells({ what, value, unit, wanted, isMet, missedBy, command }: BarMeasurement): string[] {
  const hasNone = missedBy?.startsWith("not measured") === true;
  const measured = hasNone ? "–" : `${shown(value)} ${unit}`.trim();
  const missed = hasNone ? `**missed**, ${missedBy}` : `**missed** by ${missedBy}`;
  return [what, wanted || "–", measured, isMet ? "met" : missed, `\`${command}\``];
}
