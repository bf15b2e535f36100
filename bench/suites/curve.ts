// The curve: what a delivery costs against each dimension of the load, and what the reference in C
// costs there. Prints a table for each dimension as soon as it is measured.

import { defineBenchmark } from "../harness/benchmark.ts";
import { fixed, grouped, ratio } from "../harness/numbers.ts";
import { real, someOf, text, toggle, type Values, whole } from "../harness/options.ts";
import { figuresOf, groupsOf } from "../harness/outcome.ts";
import { type Step, sharing } from "../harness/rounds.ts";
import { type Flags, startMaru } from "../harness/server.ts";
import { median, sum } from "../harness/statistics.ts";
import { type Column, column, tableOf } from "../harness/table.ts";
import { untilQuiet } from "../harness/usage.ts";
import { holdConnections } from "../load/hold-connections.ts";
import { loadSteps } from "../load/measure-load.ts";
import { type Figures, isSound, type Measurement } from "../load/measurement.ts";
import type { Prepare } from "../load/observe-server.ts";
import type { Candidate } from "../servers/candidate.ts";
import { candidateOf } from "../servers/candidates.ts";
import { startGenerous } from "../servers/maru.ts";
import { buildPrograms, type Programs } from "../servers/programs.ts";
import {
  base,
  type Dimension,
  type DimensionName,
  dimensionNames,
  dimensions,
  type Setting,
} from "./curve/dimensions.ts";
import { createPast } from "./curve/past-room.ts";

/** Medians over the rounds. */
export interface PointFigures {
  readonly deliveriesPerSecond: number;
  readonly serverCpuUsPerDelivery: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of one core. */
  readonly generatorShare: number;
  readonly missing: number;
  readonly rounds: number;
}

export interface CurvePoint {
  readonly dimension: string;
  readonly x: number | string;
  readonly candidate: string;
  readonly figures: PointFigures;
}

/** One round at a point. */
interface Row {
  readonly dimension: DimensionName;
  readonly x: number | string;
  readonly measurement: Measurement;
}

export const reference = "coalescing";

/** A row for each point, set against the reference at the same x. */
export function curveColumns(name: DimensionName, points: readonly CurvePoint[]) {
  const beside = ({ x }: CurvePoint) =>
    points.find((each) => each.candidate === reference && each.x === x)?.figures;
  const columns: Column<CurvePoint>[] = [
    column(dimensions[name].about, ({ x }) => (typeof x === "number" ? grouped(x) : x)),
    column("deliveries/s", ({ figures }) => grouped(figures.deliveriesPerSecond)),
    column(
      "× C",
      (point) => ratio(point.figures.deliveriesPerSecond, beside(point)?.deliveriesPerSecond),
      "terminal",
    ),
    column("CPU µs/delivery", ({ figures }) => fixed(figures.serverCpuUsPerDelivery, 3)),
    column("× C", (point) =>
      ratio(point.figures.serverCpuUsPerDelivery, beside(point)?.serverCpuUsPerDelivery),
    ),
    column("p50 ms", ({ figures }) => fixed(figures.p50Ms, 2)),
    column("p99 ms", ({ figures }) => fixed(figures.p99Ms, 2)),
    column("generator", ({ figures }) => fixed(figures.generatorShare, 2), "terminal"),
    column("missing", ({ figures }) => grouped(figures.missing), "terminal"),
  ];
  return columns;
}

export const oursIn = (points: readonly CurvePoint[]): CurvePoint[] =>
  points.filter(({ candidate }) => candidate !== reference);

const options = {
  dimensions: someOf(`of ${dimensionNames.join(", ")} (default all)`, dimensionNames),
  rounds: whole("of each point", 3, { min: 1, quick: 1 }),
  seconds: real("of each run", 1, { min: 0.1, quick: 0.3 }),
  warmupSeconds: real("before each run", 0.4, { flag: "warmup" }),
  workers: text("threads that own sockets", "0"),
  quick: toggle("one short round of few points, a history of 50,000"),
};

type CurveOptions = Values<typeof options>;

export const curve = defineBenchmark<typeof options, Row>({
  name: "curve",
  about: "what a delivery costs against members, rooms, connections, history, bytes, durability",
  answers: `What a delivery costs, with one thing changed at a time from the base: one room of 100, 10 talking,
    64-byte texts, 64 in flight, durability memory. About 10 minutes, --quick about 1. Ends with 1 when
    a measurement failed or had faults.`,
  options,
  steps(values) {
    const programs = buildPrograms();
    return values.dimensions.flatMap((name) => {
      const { xs, quickXs }: Dimension = dimensions[name];
      return (values.quick ? quickXs : xs).flatMap((x) => pointSteps(name, x, values, programs));
    });
  },
  tables(rows) {
    const points = pointsOf(rows);
    const name = rows[0]?.dimension ?? "members";
    return tableOf(curveColumns(name, points), oursIn(points), "terminal");
  },
  isSound: ({ measurement }) => isSound(measurement),
  record: (rows) => ({
    measurements: pointsOf(rows),
    raw: rows.map(({ measurement }) => measurement),
  }),
});

/** All rounds at one x. The room with a past is placed before the first, and removed after the last. */
function pointSteps(
  dimension: DimensionName,
  x: number | string,
  { rounds, workers, seconds, warmupSeconds }: CurveOptions,
  programs: Programs,
): Step<Row>[] {
  const { hasReference, about, at }: Dimension = dimensions[dimension];
  const setting = at(x);
  const past = createPast(setting.entries);
  const ours = maruAt(setting, workers, past.flags);
  const { rooms, members, talkers, textBytes } = setting;
  const shape = { rooms, members, talkers, textBytes, stalled: 0, pace: { inflight: 64 } };
  const steps = loadSteps({
    scenario: { ...shape, warmupSeconds, seconds, drainSeconds: 10, sampleEvery: 61 },
    candidates: hasReference ? [ours, candidateOf(reference, programs)] : [ours],
    rounds,
    load: programs.load,
    what: `${dimension} ${x}`,
    prepare: (candidate) => prepareFor(setting, candidate, programs.load),
  });
  return sharing(past.open, past.close, steps).map(({ what, measure, note }) => ({
    group: about,
    what,
    measure: async () => ({ dimension, x, measurement: await measure() }),
    note: ({ measurement }) => note?.(measurement) ?? "",
  }));
}

function maruAt({ durability }: Setting, workers: string, ownFlags: () => Flags): Candidate {
  const start = (flags: Flags) => startMaru({ ...flags, ...ownFlags() });
  return {
    name: `maru:${workers}`,
    dialect: "maru",
    start: (limits) => startGenerous({ workers, durability, ...limits }, start),
  };
}

/** Those who only stay come before the talk and leave after it; a room with a past comes to rest. */
function prepareFor({ idle, entries }: Setting, { dialect }: Candidate, program: string): Prepare {
  return async ({ pid, port }) => {
    if (entries > 0) await untilQuiet(pid);
    if (idle === 0) return () => {};
    const crowd = { connections: idle, rooms: 0, first: base.members };
    const hold = await holdConnections({ program, dialect, port }, crowd);
    if (hold.atFirst.held === idle) return hold.release;
    await hold.release();
    throw new Error(`only ${hold.atFirst.held} of ${idle} are held`);
  };
}

function pointsOf(rows: readonly Row[]): CurvePoint[] {
  const keyOf = ({ dimension, x, measurement }: Row) =>
    `${dimension} ${x} ${measurement.candidate}`;
  return groupsOf(rows, keyOf).flatMap((rounds) => {
    const [first] = rounds;
    const figures = figuresOf(rounds.map(({ measurement }) => measurement));
    if (first === undefined || figures.length === 0) return [];
    const { dimension, x, measurement } = first;
    return [{ dimension, x, candidate: measurement.candidate, figures: middleOf(figures) }];
  });
}

export function middleOf(figures: readonly Figures[]): PointFigures {
  const middle = (read: (figures: Figures) => number): number => median(figures.map(read));
  return {
    deliveriesPerSecond: middle((each) => each.deliveriesPerSecond),
    serverCpuUsPerDelivery: middle((each) => each.serverCpuUsPerDelivery),
    p50Ms: middle((each) => each.p50Ms),
    p99Ms: middle((each) => each.p99Ms),
    generatorShare: middle((each) => each.generatorCpuSeconds / each.seconds),
    missing: sum(figures.map(({ missing }) => missing)),
    rounds: figures.length,
  };
}
