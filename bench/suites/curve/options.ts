// The command line of the curve, read and checked once.

import { parseArgs } from "node:util";
import { readNames } from "../../harness/read-list.ts";
import { readCount, readNumber } from "../../harness/read-number.ts";
import { type DimensionName, dimensionNames, dimensions } from "./dimensions.ts";

const lines = dimensionNames.map((name) => `    ${name.padEnd(11)} ${dimensions[name].about}`);

export const curveUsage = `usage: bun run bench curve [options]

What a delivery costs, with one thing changed at a time from the base: one room of 100, 10 talking,
64-byte texts, 64 in flight, durability memory. About 10 minutes, --quick about 1.

  --dimensions LIST  of these (default all):
${lines.join("\n")}
  --rounds N         (default 3)   --seconds S  (default 1)   --warmup S  (default 0.4)
  --workers N        threads that own sockets (default 0)
  --quick            one short round of few points, a history of 50,000
`;

export interface CurveOptions {
  readonly dimensions: readonly DimensionName[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly workers: string;
  readonly quick: boolean;
}

const settings = {
  dimensions: { type: "string" },
  rounds: { type: "string" },
  seconds: { type: "string" },
  warmup: { type: "string", default: "0.4" },
  workers: { type: "string", default: "0" },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readCurveOptions(args: string[]): CurveOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const { quick, workers } = values;
  return {
    dimensions: readNames("dimensions", values.dimensions, dimensionNames),
    rounds: readCount("rounds", values.rounds ?? (quick ? "1" : "3"), 1),
    seconds: readNumber("seconds", values.seconds ?? (quick ? "0.3" : "1"), 0.1),
    warmupSeconds: readNumber("warmup", values.warmup),
    workers,
    quick,
  };
}
