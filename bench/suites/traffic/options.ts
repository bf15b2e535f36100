// The command line of the traffic benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readList } from "../../harness/read-list.ts";
import { readCount, readNumber } from "../../harness/read-number.ts";
import { type Evening, textBytesMin } from "./evening.ts";

export const trafficUsage = `usage: bun run bench traffic [options]

  --candidates LIST   maru:WORKERS[:DURABILITY], a peer's name, or all
                      (default maru:1,maru:1:fsync,bun-serve,coalescing)
  --rooms R           (default 1000)
  --people N          a connection each, in one room at a time (default 5000)
  --zipf S            exponent of the room sizes; 0 = all alike (default 1)
  --rate M            messages per second of one person (default 0.05)
  --moves M           to another room, per second of one person (default 0.005)
  --calm S            seconds until the next room gets excited, on the average; 0 = none (default 4)
  --text-bytes-max N  longer texts are cut (default 8192)
  --seed N            of the first round; each further one has the next (default 1)
  --rounds N          (default 3)   --seconds S  (default 15)   --warmup S  (default 2)
  --quick             one round of 3 s with 500 people in 100 rooms
`;

export interface TrafficOptions {
  readonly candidates: readonly string[];
  readonly evening: Evening;
  readonly seed: number;
  readonly rounds: number;
}

const settings = {
  candidates: { type: "string", default: "maru:1,maru:1:fsync,bun-serve,coalescing" },
  rooms: { type: "string" },
  people: { type: "string" },
  zipf: { type: "string", default: "1" },
  rate: { type: "string", default: "0.05" },
  moves: { type: "string", default: "0.005" },
  calm: { type: "string", default: "4" },
  "text-bytes-max": { type: "string", default: "8192" },
  seed: { type: "string", default: "1" },
  rounds: { type: "string" },
  seconds: { type: "string" },
  warmup: { type: "string" },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readTrafficOptions(args: string[]): TrafficOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const either = (given: string | undefined, quick: string, usual: string): string =>
    given ?? (values.quick ? quick : usual);
  return {
    candidates: readList(values.candidates),
    evening: {
      rooms: readCount("rooms", either(values.rooms, "100", "1000"), 1),
      people: readCount("people", either(values.people, "500", "5000"), 1),
      zipfExponent: readNumber("zipf", values.zipf),
      rate: readNumber("rate", values.rate, 1e-6),
      moveRate: readNumber("moves", values.moves),
      calmSeconds: readNumber("calm", values.calm),
      textBytesMax: readCount("text-bytes-max", values["text-bytes-max"], textBytesMin),
      warmupSeconds: readNumber("warmup", either(values.warmup, "0.5", "2")),
      seconds: readNumber("seconds", either(values.seconds, "3", "15"), 0.1),
    },
    seed: readCount("seed", values.seed),
    rounds: readCount("rounds", either(values.rounds, "1", "3"), 1),
  };
}
