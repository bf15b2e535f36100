// A room of a million messages: pages, searches, and who is disturbed. The newest kept run.

import { fixed, grouped } from "../../harness/format-number.ts";
import type { Latencies } from "../../harness/latencies.ts";
import { median } from "../../harness/median.ts";
import type { Talk } from "../../suites/history/measure-talk.ts";
import type { HistoryFigures } from "../../suites/history/summary.ts";
import { spreadOf } from "../fanout-tables.ts";
import { markdownTable, notMeasured, paragraphs } from "../markdown.ts";
import { commitOf, dateOf, type Kept, ofBenchmark } from "../read-kept.ts";
import { fixedWithin } from "../short-numbers.ts";
import type { Section } from "./section.ts";

export const historySection: Section = {
  name: "history",
  render(kept) {
    const [run] = ofBenchmark(kept, "history");
    if (run === undefined) return { markdown: notMeasured("history") };
    const [figures] = run.measurements as readonly HistoryFigures[];
    if (figures === undefined) return { markdown: notMeasured("history") };
    const { pages, searches, talks } = figures;
    const rows = (of: Readonly<Record<string, Latencies>>) =>
      Object.entries(of).map(([what, { count, p50Ms, p99Ms, maxMs }]) => [
        what,
        grouped(count),
        ...[p50Ms, p99Ms, maxMs].map((ms) => fixed(ms, 2)),
      ]);
    const heading = (what: string) => [what, "asked", "p50 ms", "p99 ms", "max ms"];
    return {
      markdown: paragraphs(
        markdownTable([heading("pages of 50"), ...rows(pages)]),
        markdownTable([heading("searches, limit 20"), ...rows(searches)]),
        talkTable(talks),
        runOf(run),
      ),
    };
  },
};

/** What the readers cost two people who talk in another room: the tail says it, not the middle. */
function talkTable(talks: readonly Talk[]): string {
  const row = (who: string, here: readonly Talk[]) => {
    const within = (read: (talk: Talk) => number) => {
      const values = here.map(read);
      return fixedWithin(median(values), spreadOf(values), 2);
    };
    const cells = [within(({ p50Ms }) => p50Ms), within(({ p99Ms }) => p99Ms)];
    return here.length === 0 ? [] : [[who, grouped(here.length), ...cells]];
  };
  return markdownTable([
    ["two people talk in another room", "rounds", "p50 ms (min–max)", "p99 ms (min–max)"],
    ...row(
      "alone",
      talks.filter(({ reading }) => reading === null),
    ),
    ...row(
      "beside the readers",
      talks.filter(({ reading }) => reading !== null),
    ),
  ]);
}

function runOf(run: Kept): string {
  const { entries } = run.options as { readonly entries: number };
  return `A room of ${grouped(entries)} messages; ${dateOf(run)}, commit ${commitOf(run)}.`;
}
