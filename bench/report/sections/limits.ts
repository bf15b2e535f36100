// The server's own limits: the last rate that held in each shape of load and what gave out, with
// the latency on the way there; and what the machine can do at best.

import { grouped } from "../../harness/numbers.ts";
import { ofBenchmark } from "../../harness/record.ts";
import { paragraphs, tableOf } from "../../harness/table.ts";
import { bestColumns, bestRows } from "../../load/machine-best.ts";
import { isOurs, nameOf, roleOf } from "../../servers/candidate-names.ts";
import { bestIn, type LimitMeasurement, limitColumns, limitsIn } from "../../suites/limits.ts";
import { drawLines } from "../chart/draw-lines.ts";
import type { Line, LinePanel } from "../chart/line-layout.ts";
import type { Section } from "../section.ts";
import { captionOf, notMeasured, picture, sourceOf } from "../section.ts";

const file = "limits.svg";

export const limitsSection: Section = {
  name: "limits",
  render(kept) {
    const run = ofBenchmark(kept, "limits").find((each) => limitsIn(each.measurements).length > 0);
    if (run === undefined) return { markdown: notMeasured("limits") };
    const limits = limitsIn(run.measurements);
    const panels = [...Map.groupBy(limits, ({ about }) => about)].map(([about, here]) =>
      panelOf(about, here),
    );
    const chart = drawLines({
      title: "Latency against the rate that is offered",
      subtitle:
        "Open loop, 64-byte texts; the rate is raised until p99 passes 100 ms or deliveries fall behind",
      caption: captionOf(run),
      panels,
    });
    const alt = "p50 and p99 against the offered rate, for each shape of load";
    return {
      markdown: paragraphs(
        picture(alt, file),
        tableOf(limitColumns, limits, "page"),
        sourceOf(run),
      ),
      charts: { [file]: chart },
    };
  },
};

function panelOf(about: string, limits: readonly LimitMeasurement[]): LinePanel {
  return {
    title: `${about.charAt(0).toUpperCase()}${about.slice(1)}, ms`,
    x: { name: "messages per second offered", scale: "log", format: short },
    y: { name: "ms", scale: "log", format: milliseconds },
    limit: { value: 100, label: "100 ms" },
    lines: limits.flatMap((limit) => {
      const p99 = lineOf(limit, "p99Ms");
      return isOurs(limit.candidate) ? [p99, lineOf(limit, "p50Ms")] : [p99];
    }),
  };
}

const shortNames: Readonly<Record<string, string>> = { coalescing: "C", "bun-serve": "Bun.serve" };

function lineOf({ candidate, probes }: LimitMeasurement, figure: "p50Ms" | "p99Ms"): Line {
  const name = isOurs(candidate) ? "Maru" : (shortNames[candidate] ?? nameOf(candidate));
  const points = probes
    .toSorted((one, other) => one.rate - other.rate)
    .flatMap(({ rate, figures }) => (figures === null ? [] : [[rate, figures[figure]] as const]));
  return {
    name: `${name} ${figure.slice(0, 3)}`,
    role: figure === "p50Ms" ? "ours-too" : roleOf(candidate, isOurs(candidate) ? candidate : ""),
    points,
    isLabelled: isOurs(candidate) && figure === "p99Ms",
  };
}

function short(rate: number): string {
  const digits = (value: number) => String(Number(value.toPrecision(3)));
  return rate < 1e6 ? `${digits(rate / 1e3)} k` : `${digits(rate / 1e6)} M`;
}

const milliseconds = (ms: number): string =>
  ms >= 100 ? grouped(ms) : String(Number(ms.toPrecision(2)));

export const bestSection: Section = {
  name: "best",
  render(kept) {
    const run = ofBenchmark(kept, "limits").find(({ measurements }) => bestIn(measurements));
    const best = bestIn(run?.measurements ?? []);
    if (run === undefined || best === undefined)
      return { markdown: notMeasured("limits --machine") };
    const table = tableOf(bestColumns, bestRows(best), "page");
    return { markdown: paragraphs(table, sourceOf(run)) };
  },
};
