// What the guard measures of either version, and which figures of it count.

import { measureIdle, requireWhole } from "../../load/measure-idle.ts";
import { measureLoad } from "../../load/measure-load.ts";
import { type Figures, requireOffered, requireSound } from "../../load/measurement.ts";
import type { Scenario } from "../../load/scenario.ts";
import type { Candidate } from "../../servers/candidate.ts";

export interface GuardFigure {
  readonly name: string;
  readonly isMoreBetter: boolean;
}

export interface GuardScenario {
  readonly about: string;
  readonly durability: "memory" | "fsync";
  readonly figures: readonly GuardFigure[];
  /** A value for each of the figures. Throws when the run failed or had faults. */
  measure(candidate: Candidate, run: GuardRun): Promise<Readings>;
}

export type Readings = Readonly<Record<string, number>>;

export interface GuardRun {
  /** Path of the load generator. */
  readonly load: string;
  readonly seconds: number;
}

const perSecond = { name: "deliveries/s", isMoreBetter: true };
const cpu = { name: "CPU µs/delivery", isMoreBetter: false };
const late = { name: "p99 ms", isMoreBetter: false };
const half = { name: "p50 ms", isMoreBetter: false };
const memory = { name: "KB/connection", isMoreBetter: false };

const closed = [perSecond, cpu, late];
/** The deliveries are given. */
const open = [cpu, half, late];
const warmupSeconds = 0.4;
const idleConnections = 5_000;
/** Less than the idle benchmark waits: both versions are read at the same moment. */
const idleSettleSeconds = 5;
/** Its processor time is a tenth of a core's, and Linux counts it in steps of 10 ms. */
const openTimes = 2;

const room100 = { rooms: 1, members: 100, talkers: 10, pace: { inflight: 64 } };

export const guardScenarios = {
  "room-100": talk("one room of 100", "memory", closed, room100),
  "room-1000": talk("one room of 1,000", "memory", closed, { ...room100, members: 1_000 }),
  "rooms-of-10": talk("100 rooms of 10", "memory", closed, {
    ...room100,
    rooms: 100,
    members: 10,
  }),
  fsync: talk("one room of 100, fsync, 256 in flight", "fsync", closed, {
    ...room100,
    pace: { inflight: 256 },
  }),
  latency: talk("one room of 100, fsync, 50 k deliveries/s offered", "fsync", open, {
    ...room100,
    pace: { messagesPerSecond: 500 },
  }),
  idle: {
    about: "5,000 idle connections",
    durability: "memory",
    figures: [memory],
    async measure(candidate, { load }) {
      const crowd = { connections: idleConnections, rooms: 0, settleSeconds: idleSettleSeconds };
      const idle = await measureIdle(candidate, load, crowd);
      requireWhole(idle);
      return { [memory.name]: idle.bytesPerConnection / 1024 };
    },
  },
} satisfies Record<string, GuardScenario>;

export type ScenarioName = keyof typeof guardScenarios;
export const scenarioNames = Object.keys(guardScenarios) as ScenarioName[];

function talk(
  about: string,
  durability: GuardScenario["durability"],
  figures: readonly GuardFigure[],
  shape: Pick<Scenario, "rooms" | "members" | "talkers" | "pace">,
): GuardScenario {
  const times = "inflight" in shape.pace ? 1 : openTimes;
  return {
    about,
    durability,
    figures,
    async measure(candidate, { load, seconds }) {
      const around = { stalled: 0, textBytes: 64, warmupSeconds, drainSeconds: 5, sampleEvery: 13 };
      const scenario = { ...shape, ...around, seconds: seconds * times };
      const measurement = await measureLoad({ candidate, scenario, round: 0, load });
      requireSound([measurement]);
      requireOffered([measurement]);
      const { outcome } = measurement;
      if ("failure" in outcome) throw new Error(outcome.failure);
      return readingsOf(outcome.figures);
    },
  };
}

function readingsOf(figures: Figures): Readings {
  return {
    [perSecond.name]: figures.deliveriesPerSecond,
    [cpu.name]: figures.serverCpuUsPerDelivery,
    [half.name]: figures.p50Ms,
    [late.name]: figures.p99Ms,
  };
}
