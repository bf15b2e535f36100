// Made-up results of every benchmark, in the shape in which they are recorded. Small round numbers:
// a figure that a page shows can be worked out by hand.

import type { Kept } from "../../harness/record.ts";
import type { BarMeasurement } from "../../suites/bar/judge.ts";
import type { CurvePoint } from "../../suites/curve.ts";
import type { LimitMeasurement } from "../../suites/limits.ts";

const machine: Kept["machine"] = {
  cpu: "Sample",
  cores: 2,
  coresAllowed: "0-1",
  memoryBytes: 8e9,
  kernel: "6.1.2-sample",
  congestionControl: "cubic",
  bun: "1.4.5",
  compiler: "cc",
  commit: "0123456789ab",
  modified: false,
  loadAverage: 0,
};

export function sample(
  benchmark: string,
  measurements: readonly unknown[],
  options: unknown = {},
  takenAt = "2026-11-22T10:00:00.000Z",
): Kept {
  return { takenAt, benchmark, machine, options, measurements, file: `${benchmark}.json` };
}

interface Shape {
  readonly rooms: number;
  readonly members: number;
  readonly pace: { readonly inflight: number } | { readonly messagesPerSecond: number };
}

/** One round of one candidate, millions of deliveries a second and µs each. */
export function fanoutOf(
  candidate: string,
  shape: Shape,
  millions: number,
  cpuUs: number,
  faults: { readonly missing?: number; readonly misordered?: number } = {},
) {
  const figures = {
    deliveriesPerSecond: millions * 1e6,
    serverCpuUsPerDelivery: cpuUs,
    p50Ms: 1,
    p99Ms: 5,
    deliveries: 1_000,
    bytes: 150_000,
    missing: 0,
    ...faults,
  };
  return { ...about(candidate, shape), outcome: { figures } };
}

export const failedOf = (candidate: string, shape: Shape) => ({
  ...about(candidate, shape),
  outcome: { failure: "it ended" },
});

const about = (candidate: string, shape: Shape) => ({
  candidate,
  scenario: { ...shape, talkers: 10, stalled: 0, textBytes: 64 },
  round: 0,
  loadAverage: 0,
});

export const hundred: Shape = { rooms: 1, members: 100, pace: { inflight: 256 } };
export const tens: Shape = { rooms: 100, members: 10, pace: { inflight: 256 } };
export const quiet: Shape = { rooms: 100, members: 100, pace: { messagesPerSecond: 500 } };

export const sampleFanout = sample("fanout", [
  fanoutOf("maru:0", hundred, 9, 0.09),
  fanoutOf("maru:0", hundred, 8, 0.1),
  fanoutOf("maru:0", hundred, 7, 0.11),
  fanoutOf("coalescing", hundred, 10, 0.08),
  fanoutOf("bun-serve", hundred, 4, 0.2),
  fanoutOf("maru:0", tens, 0.2, 4),
  fanoutOf("bun-serve", tens, 0.25, 3),
  fanoutOf("coalescing", tens, 0.3, 2.5),
  fanoutOf("maru:0", quiet, 0.05, 12),
]);

export const faultyFanout = sample("fanout", [
  fanoutOf("maru:0", hundred, 8, 0.1, { missing: 3, misordered: 1 }),
  fanoutOf("maru:0", hundred, 8, 0.1, { misordered: 3 }),
  failedOf("maru:0", hundred),
  fanoutOf("chapter", hundred, 1, 1, { misordered: 2 }),
  failedOf("bun-serve", hundred),
]);

const memory = (residentBytes: number) => ({ residentBytes, residentBytesMax: residentBytes });
const idleOf = (candidate: string, bytesPerConnection: number) => ({
  candidate,
  bytesPerConnection,
  before: memory(60e6),
  after: memory(90e6),
  crowd: { held: 10_000 },
});
const sampleIdle: Kept = {
  ...sample("idle", [idleOf("maru:0", 3_072), idleOf("bun-serve", 2_048)], {
    rooms: 0,
    settleSeconds: 12,
  }),
  versions: { "maru:0": "this tree", redis: "7.0" },
};

const stormOf = (candidate: string, seconds: number) => ({
  candidate,
  underWay: 400,
  round: 0,
  outcome: {
    figures: { connections: 10_000, seconds, serverCpuSeconds: 1, p99Ms: 90, retries: 0 },
  },
});
const sampleStorm = sample("storm", [stormOf("maru:0", 2), stormOf("bun-serve", 1)]);

const point = (
  dimension: string,
  x: number | string,
  candidate: string,
  us: number,
): CurvePoint => ({
  dimension,
  x,
  candidate,
  figures: {
    deliveriesPerSecond: 1e6,
    serverCpuUsPerDelivery: us,
    p50Ms: 1,
    p99Ms: 5,
    generatorShare: 0.5,
    missing: 0,
    rounds: 3,
  },
});
const costs: Readonly<Record<string, readonly (readonly [number | string, number])[]>> = {
  members: [
    [2, 6],
    [10, 3],
    [100, 0.4],
    [1_000, 0.15],
    [10_000, 0.12],
  ],
  rooms: [
    [1, 3],
    [30, 3.5],
    [1_000, 4],
  ],
  idle: [
    [0, 0.3],
    [5_000, 0.32],
    [9_000, 0.33],
  ],
  bytes: [
    [64, 0.3],
    [1_024, 0.5],
    [8_192, 2],
  ],
  durability: [
    ["memory", 0.3],
    ["fsync", 0.6],
  ],
  history: [
    [0, 0.6],
    [1_000_000, 0.62],
  ],
};
const sampleCurve = sample(
  "curve",
  Object.entries(costs).flatMap(([dimension, points]) =>
    points.flatMap(([x, us]) => {
      const ours = point(dimension, x, "maru:0", us);
      const isKept = dimension === "durability" || dimension === "history";
      return isKept ? [ours] : [ours, point(dimension, x, "coalescing", us * 0.8)];
    }),
  ),
  { quick: false },
);

const probe = (rate: number, p50Ms: number, p99Ms: number) => ({
  rate,
  holds: p99Ms < 100,
  figures: {
    deliveriesPerSecond: rate * 100,
    p50Ms,
    p99Ms,
    threadShare: 0.9,
    serverShare: 0.95,
    generatorShare: 0.6,
    idleShare: 0.3,
  },
});
function limitOf(about: string, candidate: string, times: number): LimitMeasurement {
  const probes = [
    probe(2_000 * times, 0.6, 1.5),
    probe(8_000 * times, 0.8, 4),
    probe(32_000 * times, 3, 30),
    probe(64_000 * times, 60, 400),
  ];
  const [last = null, broken = null] = probes.slice(2);
  const gaveOut = "the server's thread";
  return { shape: "room-100", about, candidate, last, broken, gaveOut, probes };
}
const best = {
  copyGigabytesPerSecond: 9.5,
  systemCallUs: 0.1,
  sendUnreadUs: 0.9,
  sendAwakeUs: 1.4,
  sendAsleepUs: 5,
  sendUnread16KUs: 3,
  disk: { count: 100, p50Ms: 0.3, p99Ms: 1, maxMs: 2 },
};
const sampleLimits = sample("limits", [
  ...["one room of 100", "100 rooms of 10"].flatMap((about) => [
    limitOf(about, "maru:0", 1),
    limitOf(about, "bun-serve", 0.6),
    limitOf(about, "coalescing", 1.2),
  ]),
  limitOf("100 rooms of 100, fsync", "maru:0:fsync", 0.5),
  { best },
]);

const hubRow: BarMeasurement = {
  row: "hub",
  what: "hub: 64 a tick, fsync",
  value: 200_000,
  unit: "messages/s",
  wanted: "≥ 150,000 messages/s",
  isMet: true,
  command: "bun run bench bar --rows hub",
};
const idleRow: BarMeasurement = {
  row: "idle",
  what: "an idle connection, plain",
  value: 4.41,
  unit: "KB",
  wanted: "≤ 3 KB",
  isMet: false,
  missedBy: "47.0 %",
  command: "bun run bench bar --rows idle",
};
const sampleBar = sample("bar", [hubRow, idleRow], { quick: false });

const sampleResume = sample(
  "resume",
  [
    {
      returned: {
        complete: 10_000,
        completed: { p50Ms: 2_000, maxMs: 5_000 },
        missing: 0,
        unexpected: 0,
        retries: 12,
      },
      logReads: 100,
    },
  ],
  { clients: 10_000, rooms: 100, messages: 100, restart: true, durability: "fsync" },
);
const sampleStart = sample("start", [
  { candidate: "maru:0", entries: 0, round: 0, ms: 170, residentBytes: 80e6 },
]);

/** One of each but for traffic, slow and history. */
export const sampleKept: readonly Kept[] = [
  ...[sampleFanout, sampleIdle, sampleStorm, sampleCurve, sampleLimits],
  ...[sampleBar, sampleResume, sampleStart],
];

const benchmarks = [
  ...["fanout", "idle", "storm", "curve", "limits", "bar", "resume"],
  ...["start", "traffic", "slow", "history"],
];
export const emptyKept = benchmarks.map((benchmark) => sample(benchmark, []));

/** Those whose rounds may fail. */
export const failedKept = [
  sample("fanout", [failedOf("maru:0", hundred), failedOf("maru:0", quiet)]),
  sample("slow", [failedOf("maru:0", hundred)]),
  sample("storm", [{ ...failedOf("maru:0", hundred), underWay: 400 }]),
  sample("traffic", [failedOf("maru:0", hundred)], { evening: { people: 10, rooms: 2 } }),
];
