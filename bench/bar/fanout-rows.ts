// The rows about deliveries: throughput and processor time, each against its reference in the same
// run, and latency at a given rate.

import type { Measurement } from "../fanout/measure.ts";
import { measureRounds } from "../fanout/measure-rounds.ts";
import type { Scenario } from "../load/scenario.ts";
import { candidateOf } from "../servers/candidate.ts";
import { medianFigure, pairedRatio, type ReadFigure } from "./judge.ts";
import type { BarRow, BarStage, Extent } from "./row.ts";

type Shape = Pick<Scenario, "rooms" | "members" | "talkers" | "pace">;

const perSecond: ReadFigure = (figures) => figures.deliveriesPerSecond;
const cpu: ReadFigure = (figures) => figures.serverCpuUsPerDelivery;
const p50: ReadFigure = (figures) => figures.p50Ms;
const p99: ReadFigure = (figures) => figures.p99Ms;

const hundred = { rooms: 1, members: 100, talkers: 10 };
const thousand = { ...hundred, members: 1_000 };
const tens = { rooms: 100, members: 10, talkers: 10 };
const inflight = (count: number) => ({ pace: { inflight: count } });

export function scenarioOf(shape: Shape, extent: Extent, sampleEvery = 61): Scenario {
  const { seconds, warmupSeconds } = extent;
  return {
    ...shape,
    stalled: 0,
    textBytes: 64,
    warmupSeconds,
    seconds,
    drainSeconds: 5,
    sampleEvery,
  };
}

const maru = ({ workers }: BarStage, durability: string): string => `maru:${workers}:${durability}`;

async function measureAll(
  { programs, progress, keep }: BarStage,
  names: readonly string[],
  rounds: number,
  scenario: Scenario,
): Promise<Measurement[]> {
  const candidates = names.map((name) => candidateOf(name, programs));
  const plan = { scenario, candidates, rounds, load: programs.load };
  const measurements = await measureRounds(plan, progress);
  keep(measurements);
  for (const { candidate, outcome } of measurements) {
    const missing = "figures" in outcome ? outcome.figures.missing : 0;
    if (missing > 0) throw new Error(`${candidate}: ${missing} deliveries went missing`);
  }
  return measurements;
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
      const names = [ours, ...references.map(([name]) => name)];
      const scenario = scenarioOf(shape, stage.extent);
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

function latencyRow(
  about: string,
  shape: Shape,
  wanted: { readonly p50Ms: number; readonly p99Ms?: number },
): BarRow {
  return {
    about,
    steps: ({ rounds }) => rounds,
    async measure(stage) {
      const ours = maru(stage, "fsync");
      const scenario = scenarioOf(shape, stage.extent, 1);
      const measured = await measureAll(stage, [ours], stage.extent.rounds, scenario);
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
      const scenario = scenarioOf({ ...tens, ...inflight(count) }, stage.extent);
      const names = [ours, "bun-serve"];
      const measured = await measureAll(stage, names, stage.extent.ratioRounds, scenario);
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
      const ours = maru(stage, "memory");
      const scenario = scenarioOf(shape, stage.extent);
      const names = [ours, ...stage.peers];
      const measured = await measureAll(stage, names, stage.extent.rounds, scenario);
      const ratios = (read: ReadFigure) =>
        stage.peers
          .map((name) => ({ name, value: pairedRatio(measured, ours, name, read) }))
          .filter(({ value }) => Number.isFinite(value))
          .sort((a, b) => a.value - b.value);
      const slowest = ratios(perSecond).at(0);
      const dearest = ratios(cpu).at(-1);
      const of = `of ${ratios(perSecond).length} peers`;
      return [
        {
          what: `${about}: deliveries/s ÷ the best ${of}, ${slowest?.name}`,
          value: slowest?.value ?? Number.NaN,
          min: 1,
          unit: "×",
        },
        {
          what: `${about}: CPU/delivery ÷ the best ${of}, ${dearest?.name}`,
          value: dearest?.value ?? Number.NaN,
          max: 1,
          unit: "×",
        },
      ];
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
  ),
  "peers-100": peersRow("room of 100", { ...hundred, ...inflight(64) }),
  "peers-1000": peersRow("room of 1,000", { ...thousand, ...inflight(64) }),
} satisfies Record<string, BarRow>;
