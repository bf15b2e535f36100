// The command line of the slow-member benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readCount, readNumber } from "../../harness/read-number.ts";
import type { Scenario } from "../../load/scenario.ts";

export const slowUsage = `usage: bun run bench slow [options]

  --candidates LIST  as for fanout (default maru:0,maru:1)
  --members N        of the one room (default 1000), ten of them talking
  --deliveries N     offered per second in all, open loop (default 50000)
  --stalled K        members who never read, in every second run (default 1)
  --text-bytes N     of each message (default 6000: the stalled member's backlog passes what the
                     kernel holds within the warm-up, and one mebibyte within the measured window)
  --rounds N         (default 3)   --seconds S  (default 12)   --warmup S  (default 2)
`;

export interface SlowOptions {
  readonly candidates: readonly string[];
  /** The same but for the stalled members: first without, then with. */
  readonly scenarios: readonly [Scenario, Scenario];
  readonly rounds: number;
}

const settings = {
  candidates: { type: "string", default: "maru:0,maru:1" },
  members: { type: "string", default: "1000" },
  deliveries: { type: "string", default: "50000" },
  stalled: { type: "string", default: "1" },
  "text-bytes": { type: "string", default: "6000" },
  rounds: { type: "string", default: "3" },
  seconds: { type: "string", default: "12" },
  warmup: { type: "string", default: "2" },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readSlowOptions(args: string[]): SlowOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const members = readCount("members", values.members, 20);
  const deliveries = readCount("deliveries", values.deliveries, members);
  const scenario: Scenario = {
    rooms: 1,
    members,
    talkers: 10,
    stalled: 0,
    textBytes: readCount("text-bytes", values["text-bytes"], 33),
    pace: { messagesPerSecond: Math.round(deliveries / members) },
    warmupSeconds: readNumber("warmup", values.warmup),
    seconds: readNumber("seconds", values.seconds, 0.1),
    drainSeconds: 5,
    sampleEvery: 7, // few messages, so many samples of each: prime, and no divisor of a room
  };
  return {
    candidates: values.candidates.split(",").filter((name) => name !== ""),
    scenarios: [scenario, { ...scenario, stalled: readCount("stalled", values.stalled, 1) }],
    rounds: readCount("rounds", values.rounds, 1),
  };
}
