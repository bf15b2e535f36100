// The command line of the isolation benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readCount, readNumber } from "../../harness/read-number.ts";
import { attacks, otherAttacks } from "./attacks.ts";

export const isolationUsage = `usage: bun run bench isolation [options]

One session does its worst, with each command in turn, at a server's default rates; somebody else
sends a message every 20 ms and asks for an older page every 50 ms.

  --attacks LIST     (default all: a row for each command of the protocol, and some beside)
  --durability D     (default fsync)   --workers N  (default 0)
  --rounds N         (default 1)       --seconds S  of each attack (default 3)
`;

export interface IsolationOptions {
  readonly attacks: readonly string[];
  readonly durability: string;
  readonly workers: string;
  readonly rounds: number;
  readonly seconds: number;
}

export const allAttacks = { ...attacks, ...otherAttacks };

const settings = {
  attacks: { type: "string", default: Object.keys(allAttacks).join(",") },
  durability: { type: "string", default: "fsync" },
  workers: { type: "string", default: "0" },
  rounds: { type: "string", default: "1" },
  seconds: { type: "string", default: "3" },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readIsolationOptions(args: string[]): IsolationOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const names = values.attacks.split(",").filter((name) => name !== "");
  const unknown = names.filter((name) => !(name in allAttacks));
  if (unknown.length > 0) throw new RangeError(`--attacks: there is no ${unknown.join(", no ")}`);
  return {
    attacks: names,
    durability: values.durability,
    workers: values.workers,
    rounds: readCount("rounds", values.rounds, 1),
    seconds: readNumber("seconds", values.seconds, 0.5),
  };
}
