// The command line of the start-up benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readList } from "../../harness/read-list.ts";
import { readCount } from "../../harness/read-number.ts";

export const startUsage = `usage: bun run bench start [options]

  --candidates LIST   maru:WORKERS[:DURABILITY] (default maru:auto:fsync, which is how it is shipped)
  --entries LIST      messages in the data directory; 0 = it is empty (default 0,100000)
  --rounds N          starts of each (default 15)
  --quick             three starts with an empty directory
`;

export interface StartOptions {
  readonly candidates: readonly string[];
  readonly entries: readonly number[];
  readonly rounds: number;
}

const settings = {
  candidates: { type: "string", default: "maru:auto:fsync" },
  entries: { type: "string" },
  rounds: { type: "string" },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readStartOptions(args: string[]): StartOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const entries = values.entries ?? (values.quick ? "0" : "0,100000");
  return {
    candidates: readList(values.candidates),
    entries: readList(entries).map((text) => readCount("entries", text)),
    rounds: readCount("rounds", values.rounds ?? (values.quick ? "3" : "15"), 1),
  };
}
