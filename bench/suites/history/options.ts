// The command line of the history benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readCount, readNumber } from "../../harness/read-number.ts";

export const historyUsage = `usage: bun run bench history [options]

  --entries N     messages of the one room; written once, then cached (default 1000000)
  --starts N      starts of the server, from spawn to welcome (default 9)
  --pages N       pages of 50 at random places, for each number in flight (default 2000)
  --searches N    for each kind of query (default 200)
  --rounds N      of two people who talk, without readers and with (default 5)
  --seconds S     of each of these (default 4)
  --readers N     who page deep and search meanwhile, half of them each (default 8)
  --workers N     threads that own sockets (default auto, as the server's)
`;

export interface HistoryOptions {
  readonly entries: number;
  readonly starts: number;
  readonly pages: number;
  readonly searches: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly readers: number;
  readonly workers: string;
}

const settings = {
  entries: { type: "string", default: "1000000" },
  starts: { type: "string", default: "9" },
  pages: { type: "string", default: "2000" },
  searches: { type: "string", default: "200" },
  rounds: { type: "string", default: "5" },
  seconds: { type: "string", default: "4" },
  readers: { type: "string", default: "8" },
  workers: { type: "string", default: "auto" },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readHistoryOptions(args: string[]): HistoryOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  return {
    entries: readCount("entries", values.entries, 1_000),
    starts: readCount("starts", values.starts, 1),
    pages: readCount("pages", values.pages, 1),
    searches: readCount("searches", values.searches, 1),
    rounds: readCount("rounds", values.rounds, 1),
    seconds: readNumber("seconds", values.seconds, 0.5),
    readers: readCount("readers", values.readers, 2),
    workers: values.workers,
  };
}
