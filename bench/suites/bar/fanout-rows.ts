// The rows about deliveries: throughput and processor time, each against its reference in the same
// run, and latency at a given rate.

import { isSound, requireOffered, requireSound } from "../../load/load-faults.ts";
import { measureRounds } from "../../load/load-rounds.ts";
import type { Measurement } from "../../load/measure-load.ts";
import type { Scenario } from "../../load/scenario.ts";
import { candidateOf } from "../../servers/candidate.ts";
import { medianFigure, pairedRatio, type ReadFigure } from "./judge.ts";
import { peerBars } from "./peer-bars.ts";
import type { BarRow, BarStage } from "./row.ts";

type Shape = Pick<Scenario, "rooms" | "members" | "talkers" | "pace">;

const perSecond: ReadFigure = (figures) => figures.deliveriesPerSecond;
const cpu: ReadFigure = (figures) => figures.serverCpuUsPerDelivery;
const p50: ReadFigure = (figures) => figures.p50Ms;
const p99: ReadFigure = (figures) => figures.p99Ms;

const hundred = { rooms: 1, members: 100, talkers: 10 };
const thousand = { ...hundred, members: 1_000 };
const tens = { rooms: 100, members: 10, talkers: 10 };
const inflight = (count: number) => ({ pace: { inflight: count } });

type Timing = Pick<Scenario, "seconds" | "warmupSeconds">;

export function scenarioOf(shape: Shape, timing: Timing, sampleEvery = 61): Scenario {
  const { seconds, warmupSeconds } = timing;
  const around = { stalled: 0, textBytes: 64, drainSeconds: 5 };
  return { ...shape, ...around, warmupSeconds, seconds, sampleEvery };
}

/** For a ratio: of servers that have come to their steady state, ours and the others alike. */
function ratioTiming({ extent }: BarStage): Timing {
  return { seconds: extent.ratioSeconds, warmupSeconds: extent.steadyWarmupSeconds };
}

const maru = ({ workers }: BarStage, durability: string): string => `maru:${workers}:${durability}`;

/** All of them are kept; throws when a run of ours failed or has faults, leaves out others' such. */
async function measureAll(
  { programs, progress, keep }: BarStage,
  names: readonly [ours: string, ...others: string[]],
  rounds: number,
  scenario: Scenario,
): Promise<Measurement[]> {
  const candidates = names.map((name) => candidateOf(name, programs));
  const plan = { scenario, candidates, rounds, load: programs.load };
  const measurements = await measureRounds(plan, progress);
  keep(measurements);
  const ours = measurements.filter(({ candidate }) => candidate === names[0]);
  requireSound(ours);
  requireOffered(ours);
  return measurements.filter(isSound);
}

/** Throughput as a share of the reference's. */
function throughputRow(
  about: string,
  durability: string,
  shape: Shape,
  wanted: Readonly<Record<string, number>>,
): BarRow {
  const references = Object.entries(wanted);
  return {
    about,
    steps: ({ ratioRounds }) => ratioRounds * (references.length + 1),
    async measure(stage) {
      const ours = maru(stage, durability);
      const names = [ours, ...references.map(([name]) => name)] satisfies [string, ...string[]];
      const scenario = scenarioOf(shape, ratioTiming(stage));
      const measured = await measureAll(stage, names, stage.extent.ratioRounds, scenario);
      return references.map(([name, min]) => ({
        what: `${about}: deliveries/s ÷ ${name}`,
        value: pairedRatio(measured, ours, name, perSecond),
        min,
        unit: "×",
      }));
    },
  };
}

/** `secondsMin` where the rate is so low that a shorter run would time too few. */
function latencyRow(
  about: string,
  shape: Shape,
  wanted: { readonly p50Ms: number; readonly p99Ms?: number },
  secondsMin = 0,
): BarRow {
  return {
    about,
    steps: ({ rounds }) => rounds,
    async measure(stage) {
      const { rounds, seconds, steadyWarmupSeconds: warmupSeconds } = stage.extent;
      const ours = maru(stage, "fsync");
      const timing = { warmupSeconds, seconds: Math.max(seconds, secondsMin) };
      // A talker's echo is not what the others wait for.
      const scenario = { ...scenarioOf(shape, timing, 1), sampleListeners: true };
      const measured = await measureAll(stage, [ours], rounds, scenario);
      const bar = (name: string, read: ReadFigure, max: number) => ({
        what: `${about}: ${name}`,
        value: medianFigure(measured, ours, read),
        max,
        unit: "ms",
      });
      const half = bar("p50", p50, wanted.p50Ms);
      return wanted.p99Ms === undefined ? [half] : [half, bar("p99", p99, wanted.p99Ms)];
    },
  };
}

const roomsOfTen: BarRow = {
  about: "100 rooms of 10",
  steps: ({ ratioRounds }) => ratioRounds * 4,
  async measure(stage) {
    const ours = maru(stage, "memory");
    const bars = [];
    for (const count of [64, 256]) {
      const scenario = scenarioOf({ ...tens, ...inflight(count) }, ratioTiming(stage));
      const { ratioRounds } = stage.extent;
      const measured = await measureAll(stage, [ours, "bun-serve"], ratioRounds, scenario);
      bars.push({
        what: `100 rooms of 10, ${count} in flight: CPU/delivery ÷ bun-serve`,
        value: pairedRatio(measured, ours, "bun-serve", cpu),
        max: 1,
        unit: "×",
      });
    }
    return bars;
  },
};

/** The closest peer decides; the coalescing reference is none: it checks, numbers and keeps nothing. */
function peersRow(about: string, shape: Shape): BarRow {
  return {
    about: `every peer, ${about}`,
    steps: ({ rounds }, peers) => rounds * (peers.length + 1),
    async measure(stage) {
      const { extent, peers, absentPeers } = stage;
      const ours = maru(stage, "memory");
      const measured = await measureAll(
        stage,
        [ours, ...peers],
        extent.rounds,
        scenarioOf(shape, extent),
      );
      return peerBars(about, ours, { peers, absentPeers, rounds: extent.rounds }, measured);
    },
  };
}

const inMemory = { coalescing: 0.9, "bun-serve": 1 };
const onDisk = { coalescing: 0.7 };

export const fanoutRows = {
  "room-100": throughputRow(
    "room of 100, memory",
    "memory",
    { ...hundred, ...inflight(64) },
    inMemory,
  ),
  "room-1000": throughputRow(
    "room of 1,000, memory",
    "memory",
    { ...thousand, ...inflight(64) },
    inMemory,
  ),
  "fsync-100": throughputRow(
    "room of 100, fsync, 256 in flight",
    "fsync",
    { ...hundred, ...inflight(256) },
    onDisk,
  ),
  "fsync-1000": throughputRow(
    "room of 1,000, fsync, 256 in flight",
    "fsync",
    { ...thousand, ...inflight(256) },
    onDisk,
  ),
  "rooms-of-10": roomsOfTen,
  "latency-50k": latencyRow(
    "50 k deliveries/s, room of 100, fsync",
    { ...hundred, pace: { messagesPerSecond: 500 } },
    { p50Ms: 0.7, p99Ms: 2 },
  ),
  "latency-two": latencyRow(
    "two people, idle server, fsync",
    { rooms: 1, members: 2, talkers: 1, pace: { messagesPerSecond: 50 } },
    { p50Ms: 0.6 },
    2,
  ),
  "peers-100": peersRow("room of 100", { ...hundred, ...inflight(64) }),
  "peers-1000": peersRow("room of 1,000", { ...thousand, ...inflight(64) }),
} satisfies Record<string, BarRow>;
