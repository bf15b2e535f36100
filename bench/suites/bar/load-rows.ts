// The rows about deliveries: throughput and processor time, each against its reference in the same
// run, and latency at a given rate.

import type { Step } from "../../harness/rounds.ts";
import { loadSteps } from "../../load/measure-load.ts";
import { isSound, type Measurement, requireOffered, requireSound } from "../../load/measurement.ts";
import type { Scenario } from "../../load/scenario.ts";
import { candidateOf } from "../../servers/candidates.ts";
import { medianFigure, pairedRatio, type ReadFigure } from "./judge.ts";
import { peerBars } from "./peer-bars.ts";
import { type BarRow, type BarScene, barRow } from "./row.ts";

type Shape = Pick<Scenario, "rooms" | "members" | "talkers" | "pace">;

const perSecond: ReadFigure = (figures) => figures.deliveriesPerSecond;
export const cpu: ReadFigure = (figures) => figures.serverCpuUsPerDelivery;

export const hundred = { rooms: 1, members: 100, talkers: 10 };
const thousand = { ...hundred, members: 1_000 };
export const tens = { rooms: 100, members: 10, talkers: 10 };
const inflight = (count: number) => ({ pace: { inflight: count } });
export const rate = (messagesPerSecond: number) => ({ pace: { messagesPerSecond } });

type Timing = Pick<Scenario, "seconds" | "warmupSeconds">;

export function scenarioOf(shape: Shape, timing: Timing, sampleEvery = 61): Scenario {
  const { seconds, warmupSeconds } = timing;
  const around = { stalled: 0, textBytes: 64, drainSeconds: 5 };
  return { ...shape, ...around, warmupSeconds, seconds, sampleEvery };
}

/** For a ratio: of servers that have come to their steady state, ours and the others alike. */
const ratioTiming = ({ extent }: BarScene): Timing => ({
  seconds: extent.ratioSeconds,
  warmupSeconds: extent.steadyWarmupSeconds,
});

const maru = ({ workers }: BarScene, durability: string): string => `maru:${workers}:${durability}`;

function stepsOf(
  { programs }: BarScene,
  names: readonly string[],
  rounds: number,
  scenario: Scenario,
): Step<Measurement>[] {
  const candidates = names.map((name) => candidateOf(name, programs));
  return loadSteps({ scenario, candidates, rounds, load: programs.load });
}

/** Throws when a run of ours failed or has faults; leaves out such of others. */
function soundOf(ours: string, measured: readonly Measurement[]): Measurement[] {
  const own = measured.filter(({ candidate }) => candidate === ours);
  requireSound(own);
  requireOffered(own);
  return measured.filter(isSound);
}

/** Throughput as a share of each reference's. */
function throughputRow(
  about: string,
  durability: string,
  shape: Shape,
  wanted: Readonly<Record<string, number>>,
): BarRow {
  return barRow<Measurement>(about, (scene) => {
    const ours = maru(scene, durability);
    const names = [ours, ...Object.keys(wanted)];
    const scenario = scenarioOf(shape, ratioTiming(scene));
    return {
      steps: stepsOf(scene, names, scene.extent.ratioRounds, scenario),
      bars(found) {
        const measured = soundOf(ours, found);
        return Object.entries(wanted).map(([name, min]) => ({
          what: `${about}: deliveries/s ÷ ${name}`,
          value: pairedRatio(measured, ours, name, perSecond),
          min,
          unit: "×",
        }));
      },
    };
  });
}

/** `secondsMin` where the rate is so low that a shorter run would time too few. */
function latencyRow(
  about: string,
  shape: Shape,
  wanted: { readonly p50: number; readonly p99?: number },
  secondsMin = 0,
): BarRow {
  return barRow<Measurement>(about, (scene) => {
    const { rounds, seconds, steadyWarmupSeconds: warmupSeconds } = scene.extent;
    const ours = maru(scene, "fsync");
    const timing = { warmupSeconds, seconds: Math.max(seconds, secondsMin) };
    // A talker's echo is not what the others wait for.
    const scenario = { ...scenarioOf(shape, timing, 1), sampleListeners: true };
    return {
      steps: stepsOf(scene, [ours], rounds, scenario),
      bars(found) {
        const measured = soundOf(ours, found);
        return (Object.entries(wanted) as ["p50" | "p99", number][]).map(([name, max]) => ({
          what: `${about}: ${name}`,
          value: medianFigure(measured, ours, (figures) => figures[`${name}Ms`]),
          max,
          unit: "ms",
        }));
      },
    };
  });
}

const roomsOfTen = barRow<Measurement>("100 rooms of 10", (scene) => {
  const ours = maru(scene, "memory");
  const depths = [64, 256];
  const scenarios = depths.map((depth) =>
    scenarioOf({ ...tens, ...inflight(depth) }, ratioTiming(scene)),
  );
  const names = [ours, "bun-serve"];
  return {
    steps: scenarios.flatMap((each) => stepsOf(scene, names, scene.extent.ratioRounds, each)),
    bars(found) {
      const measured = soundOf(ours, found);
      return depths.map((depth, index) => {
        const here = measured.filter(({ scenario }) => scenario === scenarios[index]);
        const value = pairedRatio(here, ours, "bun-serve", cpu);
        const what = `100 rooms of 10, ${depth} in flight: CPU/delivery ÷ bun-serve`;
        return { what, value, max: 1, unit: "×" };
      });
    },
  };
});

/** The closest peer decides; the coalescing reference is none: it checks, numbers and keeps nothing. */
function peersRow(about: string, shape: Shape): BarRow {
  return barRow<Measurement>(`every peer, ${about}`, (scene) => {
    const { extent, peers, absentPeers } = scene;
    const ours = maru(scene, "memory");
    return {
      steps: stepsOf(scene, [ours, ...peers], extent.rounds, scenarioOf(shape, extent)),
      bars(found) {
        const rivals = { peers, absentPeers, rounds: extent.rounds };
        return peerBars(about, ours, rivals, soundOf(ours, found));
      },
    };
  });
}

const inMemory = { coalescing: 0.9, "bun-serve": 1 };
const onDisk = { coalescing: 0.7 };
const shape100 = { ...hundred, ...inflight(64) };
const shape1000 = { ...thousand, ...inflight(64) };
const deep100 = { ...hundred, ...inflight(256) };
const deep1000 = { ...thousand, ...inflight(256) };
const pair = { rooms: 1, members: 2, talkers: 1, ...rate(50) };

export const loadRows = {
  "room-100": throughputRow("room of 100, memory", "memory", shape100, inMemory),
  "room-1000": throughputRow("room of 1,000, memory", "memory", shape1000, inMemory),
  "fsync-100": throughputRow("room of 100, fsync, 256 in flight", "fsync", deep100, onDisk),
  "fsync-1000": throughputRow("room of 1,000, fsync, 256 in flight", "fsync", deep1000, onDisk),
  "rooms-of-10": roomsOfTen,
  "latency-50k": latencyRow(
    "50 k deliveries/s, room of 100, fsync",
    { ...hundred, ...rate(500) },
    { p50: 0.7, p99: 2 },
  ),
  "latency-two": latencyRow("two people, idle server, fsync", pair, { p50: 0.6 }, 2),
  "peers-100": peersRow("room of 100", shape100),
  "peers-1000": peersRow("room of 1,000", shape1000),
} satisfies Record<string, BarRow>;
