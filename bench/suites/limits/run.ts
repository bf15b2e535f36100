// The limits: for each shape of load and each server the last rate that held, what gave out there,
// and what the machine that they share can do at best.

import { print } from "@maru/core";
import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { describeMachine } from "../../harness/machine.ts";
import { type Progress, startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { candidateOf } from "../../servers/candidate.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { findLimit, type Limit } from "./find-limit.ts";
import { bestTable, measureMachineBest } from "./machine-best.ts";
import {
  type LimitShape,
  type LimitsOptions,
  limitsUsage,
  readLimitsOptions,
  type ShapeName,
  shapes,
} from "./options.ts";
import { probeRate, type RateProbe, whatGaveOut } from "./probe-rate.ts";

const rateMax = 8_000_000;
/** So many times as long as the others is the run that confirms what was found. */
const confirmLengths = 4;

export interface LimitMeasurement extends Limit<RateProbe> {
  readonly shape: ShapeName;
  readonly about: string;
  readonly candidate: string;
  readonly gaveOut: string;
  /** All rates that were tried. */
  readonly probes: readonly RateProbe[];
}

export async function run(args: string[]): Promise<number> {
  const options = readLimitsOptions(args);
  if (options !== undefined) return runAll(options);
  print(limitsUsage);
  return 0;
}

/** 1 when not even the first rate of a search held. */
async function runAll(options: LimitsOptions): Promise<number> {
  const programs = buildPrograms();
  const machine = describeMachine();
  const searches = options.shapes.flatMap((name) => candidatesOf(name, options));
  using progress = startProgress({ title: "limits", steps: searches.length + 1 });
  const measurements: LimitMeasurement[] = [];
  for (const { shape, candidate } of searches) {
    const target = { shape, candidate: candidateOf(candidate, programs) };
    measurements.push(await measureLimit(target, options, programs.load, progress));
  }
  progress.step("the machine at best");
  const best = await measureMachineBest();
  progress.end();
  if (measurements.length > 0) process.stdout.write(`${tableOf(measurements)}\n\n`);
  process.stdout.write(`${bestTable(best)}\n`);
  const all = [...measurements, { best }];
  const path = recordResults({ benchmark: "limits", machine, options, measurements: all });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return measurements.some(({ last }) => last === null) ? 1 : 0;
}

function candidatesOf(shape: ShapeName, { candidates, workers }: LimitsOptions) {
  const { isKept }: LimitShape = shapes[shape];
  const names = isKept ? [`maru:${workers}:fsync`] : [`maru:${workers}`, ...candidates];
  return names.map((candidate) => ({ shape, candidate }));
}

async function measureLimit(
  { shape: name, candidate }: { shape: ShapeName; candidate: ReturnType<typeof candidateOf> },
  { seconds, halvings }: LimitsOptions,
  load: string,
  progress: Progress,
): Promise<LimitMeasurement> {
  const { about, shape, from } = shapes[name];
  progress.step(`${about}, ${candidate.name}`);
  const probes: RateProbe[] = [];
  const probing = (lengths: number) => async (rate: number) => {
    const probe = await probeRate({ candidate, shape, seconds: seconds * lengths, load }, rate);
    probes.push(probe);
    return probe;
  };
  const search = { from, rateMax, halvings };
  const limit = await findLimit(search, probing(1), probing(confirmLengths));
  const gaveOut = limit.broken === null ? "nothing" : whatGaveOut(limit.broken);
  progress.note(`${grouped(limit.last?.rate ?? 0)} messages/s`);
  return { shape: name, about, candidate: candidate.name, ...limit, gaveOut, probes };
}

const heading = [
  "the last rate that held",
  "candidate",
  "messages/s",
  "deliveries/s",
  "p50 ms",
  "p99 ms",
  "server cores",
  "generator",
  "gave out",
  "because",
];

function tableOf(measurements: readonly LimitMeasurement[]): string {
  const rows = measurements.map(({ about, candidate, last, broken, gaveOut }) => [
    about,
    candidate,
    grouped(last?.rate ?? Number.NaN),
    grouped(last?.figures?.deliveriesPerSecond ?? Number.NaN),
    fixed(last?.figures?.p50Ms, 2),
    fixed(last?.figures?.p99Ms, 2),
    fixed(last?.figures?.serverShare, 2),
    fixed(last?.figures?.generatorShare, 2),
    gaveOut,
    broken?.why ?? "",
  ]);
  return formatTable([heading, ...rows]);
}
