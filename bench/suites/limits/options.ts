// The command line of the limits, read and checked once.

import { parseArgs } from "node:util";
import { readList, readNames } from "../../harness/read-list.ts";
import { readCount, readNumber } from "../../harness/read-number.ts";
import type { Shape } from "./probe-rate.ts";

/** Where a search begins, in messages per second, is well below what anything here carries. */
export const shapes = {
  "room-100": { about: "one room of 100", shape: shapeOf(1, 100), from: 2_000, isKept: false },
  "rooms-of-10": { about: "100 rooms of 10", shape: shapeOf(100, 10), from: 2_000, isKept: false },
  "people-10000": { about: "100 rooms of 100", shape: shapeOf(100, 100), from: 500, isKept: false },
  "people-10000-fsync": {
    about: "100 rooms of 100, fsync",
    shape: shapeOf(100, 100),
    from: 500,
    isKept: true,
  },
  two: { about: "two people", shape: shapeOf(1, 2), from: 4_000, isKept: false },
} satisfies Record<string, LimitShape>;

export interface LimitShape {
  readonly about: string;
  readonly shape: Shape;
  readonly from: number;
  /** With durability `fsync`; only Maru keeps anything. */
  readonly isKept: boolean;
}

function shapeOf(rooms: number, members: number): Shape {
  return { rooms, members, talkers: Math.min(members, 10) };
}

export type ShapeName = keyof typeof shapes;
const shapeNames = Object.keys(shapes) as ShapeName[];

export const limitsUsage = `usage: bun run bench limits [options]

Raises the rate of an open loop until p99 passes 100 ms or the deliveries fall behind: the last rate
that held, and what gave out. Then what the machine can do at best. About 8 minutes, --quick 2.

  --shapes LIST      ${shapeNames.join(", ")} (default all)
  --candidates LIST  beside maru:WORKERS (default bun-serve,coalescing); not with fsync
  --workers N        threads that own sockets (default 0)
  --seconds S        of each rate, after 0.4 s of warm-up (default 1); the rate that was found is
                     confirmed by a run of four times as long
  --halvings N       between the last that held and the first that did not (default 3)
  --quick            Maru alone, short, one halving
  --machine          only what the machine can do at best
`;

export interface LimitsOptions {
  readonly shapes: readonly ShapeName[];
  readonly candidates: readonly string[];
  readonly workers: string;
  readonly seconds: number;
  readonly halvings: number;
  readonly machine: boolean;
  readonly quick: boolean;
}

const settings = {
  shapes: { type: "string" },
  candidates: { type: "string" },
  workers: { type: "string", default: "0" },
  seconds: { type: "string" },
  halvings: { type: "string" },
  quick: { type: "boolean", default: false },
  machine: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readLimitsOptions(args: string[]): LimitsOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const { quick, workers, machine } = values;
  const peers = values.candidates ?? (quick ? "" : "bun-serve,coalescing");
  return {
    shapes: machine ? [] : readNames("shapes", values.shapes, shapeNames),
    candidates: readList(peers),
    workers,
    seconds: readNumber("seconds", values.seconds ?? (quick ? "0.4" : "1"), 0.1),
    halvings: readCount("halvings", values.halvings ?? (quick ? "1" : "3")),
    machine,
    quick,
  };
}
