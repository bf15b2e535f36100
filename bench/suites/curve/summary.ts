// The table of one dimension: a line for each point, and what the reference costs there.

import { fixed, grouped, ratio } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import type { CurvePoint } from "./measure-point.ts";

const heading = [
  "",
  "deliveries/s",
  "÷ C",
  "CPU µs/delivery",
  "÷ C",
  "p50 ms",
  "p99 ms",
  "generator",
  "missing",
];

export function summarise(points: readonly CurvePoint[]): string {
  const references = points.filter(({ candidate }) => candidate === "coalescing");
  const ours = points.filter(({ candidate }) => candidate !== "coalescing");
  const rows = ours.map(({ x, figures }) => {
    const reference = references.find((point) => point.x === x)?.figures;
    return [
      typeof x === "number" ? grouped(x) : x,
      grouped(figures.deliveriesPerSecond),
      ratio(figures.deliveriesPerSecond, reference?.deliveriesPerSecond),
      fixed(figures.serverCpuUsPerDelivery, 3),
      ratio(figures.serverCpuUsPerDelivery, reference?.serverCpuUsPerDelivery),
      fixed(figures.p50Ms, 2),
      fixed(figures.p99Ms, 2),
      fixed(figures.generatorShare, 2),
      grouped(figures.missing),
    ];
  });
  return formatTable([heading, ...rows]);
}
