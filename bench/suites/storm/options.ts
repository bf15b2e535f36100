// The command line of the storm benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readList } from "../../harness/read-list.ts";
import { readCount, readNumber } from "../../harness/read-number.ts";

export const stormUsage = `usage: bun run bench storm [options]

  --candidates LIST   maru:WORKERS[:DURABILITY], a peer's name, or all
                      (default maru:0,maru:1,bun-serve,coalescing)
  --connections N     that all want in (default 10000)
  --rooms R           spread them over so many rooms (default 100)
  --under-way LIST    dialled and not yet in, at most; all = everybody at once (default 400,all)
  --limit S           seconds after which who is not in stays out (default 60)
  --rounds N          each with a fresh server (default 3)
  --seed N            of the waits between two tries (default 1)
  --quick             one round with 1000 connections
`;

export interface StormOptions {
  readonly candidates: readonly string[];
  readonly connections: number;
  readonly rooms: number;
  /** 0 = everybody at once. */
  readonly underWay: readonly number[];
  readonly limitSeconds: number;
  readonly rounds: number;
  readonly seed: number;
}

const settings = {
  candidates: { type: "string", default: "maru:0,maru:1,bun-serve,coalescing" },
  connections: { type: "string" },
  rooms: { type: "string", default: "100" },
  "under-way": { type: "string", default: "400,all" },
  limit: { type: "string", default: "60" },
  rounds: { type: "string" },
  seed: { type: "string", default: "1" },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readStormOptions(args: string[]): StormOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  return {
    candidates: readList(values.candidates),
    connections: readCount(
      "connections",
      values.connections ?? (values.quick ? "1000" : "10000"),
      1,
    ),
    rooms: readCount("rooms", values.rooms, 1),
    underWay: readList(values["under-way"]).map((text) =>
      text === "all" ? 0 : readCount("under-way", text, 1),
    ),
    limitSeconds: readNumber("limit", values.limit, 1),
    rounds: readCount("rounds", values.rounds ?? (values.quick ? "1" : "3"), 1),
    seed: readCount("seed", values.seed),
  };
}
