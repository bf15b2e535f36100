// The shape of the curve: what a delivery costs when one thing of the load changes.

import { type Kept, ofBenchmark } from "../../harness/record.ts";
import { paragraphs, tableOf } from "../../harness/table.ts";
import { nameOf } from "../../servers/candidate-names.ts";
import { type DimensionName, dimensionNames, dimensions } from "../../suites/curve/dimensions.ts";
import { type CurvePoint, curveColumns, oursIn, reference } from "../../suites/curve.ts";
import { drawLines } from "../chart/draw-lines.ts";
import type { LinePanel } from "../chart/line-layout.ts";
import type { Section } from "../section.ts";
import { captionOf, notMeasured, picture, sourceOf } from "../section.ts";

interface Measured {
  readonly name: DimensionName;
  readonly run: Kept;
  readonly points: readonly CurvePoint[];
}

const file = "curve.svg";

export const curveSection: Section = {
  name: "curve",
  render(kept) {
    const measured = newestOfEach(ofBenchmark(kept, "curve"));
    const [first] = measured;
    if (first === undefined) return { markdown: notMeasured("curve") };
    const panels = measured.flatMap((each) => panelOf(each) ?? []);
    const newest = measured.map(({ run }) => run).toSorted(byDate)[0] ?? first.run;
    const chart = drawLines({
      title: "What a delivery costs, one thing changed at a time",
      subtitle:
        "Server CPU per delivery, µs, from one room of 100, 10 talking, 64-byte texts, 64 in flight, durability memory",
      caption: captionOf(newest),
      panels,
    });
    const tables = measured.map(({ name, run, points }) =>
      paragraphs(tableOf(curveColumns(name, points), oursIn(points), "page"), sourceOf(run)),
    );
    return {
      markdown: paragraphs(picture("Server CPU per delivery by dimension", file), ...tables),
      charts: { [file]: chart },
    };
  },
};

const byDate = (one: Kept, other: Kept): number => (one.takenAt < other.takenAt ? 1 : -1);

/** In the benchmark's order. */
function newestOfEach(runs: readonly Kept[]): Measured[] {
  return dimensionNames.flatMap((name) => {
    for (const run of runs) {
      const all = run.measurements as readonly CurvePoint[];
      const points = all.filter(({ dimension }) => dimension === name);
      if (points.length > 0) return [{ name, run, points }];
    }
    return [];
  });
}

/** Names that are words, as those of durabilities, have a table and no line. */
function panelOf({ name, points }: Measured): LinePanel | undefined {
  const names = [...new Set(points.map(({ candidate }) => candidate))];
  const lines = names.map((candidate) => ({
    name: candidate === reference ? "C" : nameOf(candidate),
    role: candidate === reference ? ("reference" as const) : ("ours" as const),
    isLabelled: true,
    points: points.flatMap(({ candidate: each, x, figures }) =>
      each === candidate && typeof x === "number"
        ? [[x, figures.serverCpuUsPerDelivery] as const]
        : [],
    ),
  }));
  const xs = lines.flatMap((line) => line.points.map(([x]) => x));
  const ys = lines.flatMap((line) => line.points.map(([, y]) => y));
  if (xs.length === 0) return undefined;
  const { about } = dimensions[name];
  return {
    title: `By ${titles[name] ?? name}, µs`,
    x: {
      name: about,
      scale: Math.min(...xs) > 0 ? "log" : "linear",
      format: name === "bytes" ? bytes : short,
    },
    y: {
      name: "µs",
      scale: Math.max(...ys) > 8 * Math.min(...ys) ? "log" : "linear",
      format: digits,
    },
    lines,
  };
}

const titles: Partial<Record<DimensionName, string>> = {
  members: "members of the room",
  idle: "idle connections",
  bytes: "bytes of a text",
  history: "messages in the history",
};

/** `64`, `4 KB`. */
const bytes = (count: number): string => (count < 1_024 ? `${count}` : `${count / 1_024} KB`);

/** `300`, `3 k`, `1 M`. */
function short(count: number): string {
  if (count < 1_000) return String(count);
  return count < 1e6 ? `${count / 1_000} k` : `${count / 1e6} M`;
}

const digits = (us: number): string => (us === 0 ? "0" : String(Number(us.toPrecision(2))));
