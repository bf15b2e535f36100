// The command line of the fan-out benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readList } from "../../harness/read-list.ts";
import { readCount, readNumber } from "../../harness/read-number.ts";
import { readShape, type Scenario } from "../../load/scenario.ts";

export const fanoutUsage = `usage: bun run bench fanout [options]

  --candidates LIST  maru:WORKERS[:memory|os|fsync], coalescing, bun-serve, chapter, a peer's name,
                     or all: whatever of them is installed (default
                     maru:0,maru:1,maru:2,coalescing,bun-serve,chapter)
  --rooms LIST       ROOMSxMEMBERS:TALKERS (default 1x100:10,1x1000:10,100x10:10)
  --inflight LIST    messages under way in all, closed loop (default 64,256)
  --rate LIST        messages per second in all, open loop, instead of --inflight
  --text-bytes LIST  of each message (default 64)
  --rounds N         (default 3)   --seconds S  (default 4)   --warmup S  (default 1)
  --sample N         latency of one in N deliveries (default 61)
  --listeners        latency of deliveries to members who don't talk alone, where there are any
  --quick            one short round with 64 in flight
`;

export interface FanoutOptions {
  readonly candidates: readonly string[];
  readonly scenarios: readonly Scenario[];
  readonly rounds: number;
}

const settings = {
  candidates: { type: "string", default: "maru:0,maru:1,maru:2,coalescing,bun-serve,chapter" },
  rooms: { type: "string", default: "1x100:10,1x1000:10,100x10:10" },
  inflight: { type: "string" },
  rate: { type: "string" },
  "text-bytes": { type: "string", default: "64" },
  rounds: { type: "string" },
  seconds: { type: "string" },
  warmup: { type: "string" },
  sample: { type: "string", default: "61" },
  listeners: { type: "boolean", default: false },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readFanoutOptions(args: string[]): FanoutOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const common = {
    stalled: 0,
    warmupSeconds: readNumber("warmup", values.warmup ?? (values.quick ? "0.5" : "1")),
    seconds: readNumber("seconds", values.seconds ?? (values.quick ? "1" : "4"), 0.1),
    drainSeconds: 5,
    sampleEvery: readCount("sample", values.sample, 1),
    sampleListeners: values.listeners,
  };
  const paces = readPaces(values.inflight ?? (values.quick ? "64" : "64,256"), values.rate);
  const bytes = readList(values["text-bytes"]).map((each) => readCount("text-bytes", each, 33));
  const shapes = readList(values.rooms).map(readShape);
  return {
    candidates: readList(values.candidates),
    scenarios: shapes.flatMap((shape) =>
      bytes.flatMap((textBytes) => paces.map((pace) => ({ ...shape, textBytes, ...common, pace }))),
    ),
    rounds: readCount("rounds", values.rounds ?? (values.quick ? "1" : "3"), 1),
  };
}

function readPaces(inflight: string, rate: string | undefined): Scenario["pace"][] {
  if (rate === undefined) {
    return readList(inflight).map((count) => ({ inflight: readCount("inflight", count, 1) }));
  }
  return readList(rate).map((count) => ({ messagesPerSecond: readCount("rate", count, 1) }));
}
