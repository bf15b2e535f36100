// A room of a million messages: pages and searches. The newest kept run.

import type { HistoryFigures } from "../../history/summary.ts";
import { fixed, grouped } from "../../stage/format-number.ts";
import type { Latencies } from "../../stage/latencies.ts";
import { median } from "../../stage/median.ts";
import { markdownTable, notMeasured, paragraphs } from "../markdown.ts";
import { commitOf, dateOf, type Kept, ofBenchmark } from "../read-kept.ts";
import type { Section } from "./section.ts";

export const historySection: Section = {
  name: "history",
  render(kept) {
    const [run] = ofBenchmark(kept, "history");
    if (run === undefined) return { markdown: notMeasured("history") };
    const [{ pages, searches, talks }] = run.measurements as readonly [HistoryFigures];
    const rows = (of: Readonly<Record<string, Latencies>>) =>
      Object.entries(of).map(([what, { count, p50Ms, p99Ms, maxMs }]) => [
        what,
        grouped(count),
        ...[p50Ms, p99Ms, maxMs].map((ms) => fixed(ms, 2)),
      ]);
    const heading = (what: string) => [what, "asked", "p50 ms", "p99 ms", "max ms"];
    const p50 = (isRead: boolean) =>
      median(
        talks.filter(({ reading }) => (reading !== null) === isRead).map((talk) => talk.p50Ms),
      );
    const beside = `Two people who talk in another room meanwhile: p50 ${fixed(p50(true), 2)} ms beside the readers, ${fixed(p50(false), 2)} ms alone.`;
    return {
      markdown: paragraphs(
        markdownTable([heading("pages of 50"), ...rows(pages)]),
        markdownTable([heading("searches, limit 20"), ...rows(searches)]),
        beside,
        runOf(run),
      ),
    };
  },
};

function runOf(run: Kept): string {
  const { entries } = run.options as { readonly entries: number };
  return `A room of ${grouped(entries)} messages; ${dateOf(run)}, commit ${commitOf(run)}.`;
}
