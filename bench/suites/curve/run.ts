// The curve: what a delivery costs against each dimension of the load, and what the reference in C
// costs there. Prints a table for each dimension as soon as it is measured.

import { print } from "@maru/core";
import { describeMachine } from "../../harness/machine.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { isSound } from "../../load/load-faults.ts";
import type { Measurement } from "../../load/measure-load.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { type Dimension, dimensions } from "./dimensions.ts";
import { type CurvePoint, measurePoint } from "./measure-point.ts";
import { type CurveOptions, curveUsage, readCurveOptions } from "./options.ts";
import { summarise } from "./summary.ts";

export async function run(args: string[]): Promise<number> {
  const options = readCurveOptions(args);
  if (options !== undefined) return runAll(options);
  print(curveUsage);
  return 0;
}

/** 1 when a measurement failed or had faults. */
async function runAll(options: CurveOptions): Promise<number> {
  const programs = buildPrograms();
  const machine = describeMachine();
  const chosen = options.dimensions.map((name) => {
    const dimension: Dimension = dimensions[name];
    return { name, dimension, xs: options.quick ? dimension.quickXs : dimension.xs };
  });
  const runsOf = ({ dimension, xs }: (typeof chosen)[number]): number =>
    xs.length * options.rounds * (dimension.hasReference ? 2 : 1);
  const steps = chosen.reduce((sum, each) => sum + runsOf(each), 0);
  using progress = startProgress({ title: "curve", steps });
  const raw: Measurement[] = [];
  const keep = (more: readonly Measurement[]) => void raw.push(...more);
  const measurements: CurvePoint[] = [];
  for (const { name, dimension, xs } of chosen) {
    const points: CurvePoint[] = [];
    for (const x of xs) {
      const stage = { ...options, programs, progress, keep };
      points.push(...(await measurePoint(name, dimension, x, stage)));
    }
    measurements.push(...points);
    progress.print(`\n${dimension.about}\n${summarise(points)}\n`);
  }
  progress.end();
  const path = recordResults({ benchmark: "curve", machine, options, measurements, raw });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return raw.every(isSound) ? 0 : 1;
}
