// The server's own limits: the last rate that held in each shape of load and what gave out, with
// the latency on the way there; and what the machine can do at best.

import { fixed, grouped } from "../../harness/format-number.ts";
import { bestRows, type MachineBest } from "../../suites/limits/machine-best.ts";
import type { LimitMeasurement } from "../../suites/limits/run.ts";
import { isOurs, nameOf, roleOf } from "../candidates.ts";
import { drawLines, type Line, type LinePanel } from "../chart/draw-lines.ts";
import { markdownTable, notMeasured, paragraphs, picture } from "../markdown.ts";
import { captionOf, commitOf, dateOf, type Kept, ofBenchmark } from "../read-kept.ts";
import type { Section } from "./section.ts";

const file = "limits.svg";

export const limitsSection: Section = {
  name: "limits",
  render(kept) {
    const run = ofBenchmark(kept, "limits").find((each) => limitsOf(each).length > 0);
    if (run === undefined) return { markdown: notMeasured("limits") };
    const limits = limitsOf(run);
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
    const when = `${dateOf(run)}, commit ${commitOf(run)}.`;
    return {
      markdown: paragraphs(picture(alt, file), tableOf(limits), when),
      charts: { [file]: chart },
    };
  },
};

function limitsOf({ measurements }: Kept): LimitMeasurement[] {
  return measurements.filter(
    (each): each is LimitMeasurement =>
      typeof each === "object" && each !== null && "probes" in each,
  );
}

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

function tableOf(limits: readonly LimitMeasurement[]): string {
  const rows = limits.map(({ about, candidate, last, broken, gaveOut }) => [
    `${about}: ${nameOf(candidate)}`,
    last === null ? "–" : grouped(last.rate),
    grouped(last?.figures?.deliveriesPerSecond ?? Number.NaN),
    fixed(last?.figures?.p50Ms, 2),
    fixed(last?.figures?.p99Ms, 2),
    fixed(last?.figures?.serverShare, 2),
    fixed(last?.figures?.generatorShare, 2),
    gaveOut,
    broken?.why ?? "–",
  ]);
  const heading = [
    ...["the last rate that held", "messages/s", "deliveries/s", "p50 ms", "p99 ms"],
    ...["server, cores", "generator, cores", "what gave out", "beyond it"],
  ];
  return markdownTable([heading, ...rows]);
}

export const bestSection: Section = {
  name: "best",
  render(kept) {
    for (const run of ofBenchmark(kept, "limits")) {
      const best = bestOf(run);
      if (best !== undefined) {
        return {
          markdown: paragraphs(
            markdownTable([["one thread, in C", "at best"], ...bestRows(best)]),
            `${dateOf(run)}, commit ${commitOf(run)}.`,
          ),
        };
      }
    }
    return { markdown: notMeasured("limits --machine") };
  },
};

function bestOf({ measurements }: Kept): MachineBest | undefined {
  for (const each of measurements as readonly { readonly best?: MachineBest }[]) {
    if (each.best !== undefined) return each.best;
  }
  return undefined;
}
