// One point of the curve: every candidate at one setting, interleaved over the rounds.

import { interleave } from "../../harness/interleave.ts";
import { median } from "../../harness/median.ts";
import type { Progress } from "../../harness/progress.ts";
import { startMaru } from "../../harness/start-maru.ts";
import { untilQuiet } from "../../harness/until-quiet.ts";
import { holdConnections } from "../../load/hold-connections.ts";
import { figuresOf, outcomeLine } from "../../load/load-rounds.ts";
import { type Figures, type Measurement, measure } from "../../load/measure-load.ts";
import type { Prepare } from "../../load/observe-server.ts";
import type { Scenario } from "../../load/scenario.ts";
import { type Candidate, candidateOf } from "../../servers/candidate.ts";
import { startGenerous } from "../../servers/generous-maru.ts";
import type { Programs } from "../../servers/programs.ts";
import { base, type Dimension, type Setting } from "./dimensions.ts";
import { placeLoadRoom } from "./room-on-disk.ts";

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

export interface CurveStage {
  readonly programs: Programs;
  readonly workers: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly progress: Progress;
  keep(raw: readonly Measurement[]): void;
}

const inflight = 64;

export async function measurePoint(
  name: string,
  dimension: Dimension,
  x: number | string,
  stage: CurveStage,
): Promise<CurvePoint[]> {
  const setting = dimension.at(x);
  const past = setting.entries > 0 ? await placeLoadRoom(setting.entries, () => {}) : null;
  try {
    const ours = maruAt(setting, stage.workers, past?.data);
    const candidates = dimension.hasReference
      ? [ours, candidateOf("coalescing", stage.programs)]
      : [ours];
    const measured = await measureAll(`${name} ${x}`, candidates, setting, stage);
    stage.keep(measured);
    return candidates.flatMap(({ name: candidate }) => {
      const figures = figuresOf(measured, candidate);
      return figures.length === 0
        ? []
        : [{ dimension: name, x, candidate, figures: middleOf(figures) }];
    });
  } finally {
    past?.remove();
  }
}

function maruAt({ durability }: Setting, workers: string, data: string | undefined): Candidate {
  const start = (flags: Readonly<Record<string, string>>) =>
    startMaru(data === undefined ? flags : { ...flags, data });
  return {
    name: `maru:${workers}`,
    dialect: "maru",
    start: (limits) => startGenerous({ workers, durability, ...limits }, start),
  };
}

async function measureAll(
  point: string,
  candidates: readonly Candidate[],
  setting: Setting,
  { programs, rounds, progress, ...extent }: CurveStage,
): Promise<Measurement[]> {
  const scenario = scenarioOf(setting, extent);
  const measured: Measurement[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const candidate of interleave(candidates, round)) {
      progress.step(`${point}, round ${round + 1}, ${candidate.name}`);
      const prepare = prepareFor(setting, candidate, programs.load);
      const run = { candidate, scenario, round, load: programs.load, prepare };
      const measurement = await measure(run);
      measured.push(measurement);
      progress.note(outcomeLine(measurement));
    }
  }
  return measured;
}

function scenarioOf(
  { rooms, members, talkers, textBytes }: Setting,
  { seconds, warmupSeconds }: Pick<CurveStage, "seconds" | "warmupSeconds">,
): Scenario {
  const shape = { rooms, members, talkers, textBytes, stalled: 0, pace: { inflight } };
  return { ...shape, warmupSeconds, seconds, drainSeconds: 10, sampleEvery: 61 };
}

/** Those who only stay come before the talk and leave after it; a room with a past comes to rest. */
function prepareFor({ idle, entries }: Setting, { dialect }: Candidate, load: string): Prepare {
  return async ({ pid, port }) => {
    if (entries > 0) await untilQuiet(pid);
    if (idle === 0) return async () => {};
    const crowd = { connections: idle, rooms: 0, first: base.members };
    const hold = await holdConnections(load, dialect, port, crowd);
    if (hold.atFirst.held === idle) return hold.release;
    await hold.release();
    throw new Error(`only ${hold.atFirst.held} of ${idle} are held`);
  };
}

export function middleOf(figures: readonly Figures[]): PointFigures {
  const middle = (read: (figures: Figures) => number): number => median(figures.map(read));
  return {
    deliveriesPerSecond: middle((each) => each.deliveriesPerSecond),
    serverCpuUsPerDelivery: middle((each) => each.serverCpuUsPerDelivery),
    p50Ms: middle((each) => each.p50Ms),
    p99Ms: middle((each) => each.p99Ms),
    generatorShare: middle((each) => each.generatorCpuSeconds / each.seconds),
    missing: figures.reduce((sum, { missing }) => sum + missing, 0),
    rounds: figures.length,
  };
}
