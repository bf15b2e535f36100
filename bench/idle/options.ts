// The command line of the idle benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readCount, readNumber } from "../stage/read-number.ts";

export const idleUsage = `usage: bun run bench idle [options]

  --candidates LIST   maru:WORKERS[:DURABILITY], a peer's name, or all (default maru:0,maru:1,bun-serve)
  --connections N     to hold (default 19000); Maru is started with just this many allowed
  --rooms R           spread them over so many rooms; 0 = greeted only (default 0)
  --settle S          seconds between the last change and each reading of memory (default 3)
`;

export interface IdleOptions {
  readonly candidates: readonly string[];
  readonly connections: number;
  readonly rooms: number;
  readonly settleSeconds: number;
}

const settings = {
  candidates: { type: "string", default: "maru:0,maru:1,bun-serve" },
  connections: { type: "string", default: "19000" },
  rooms: { type: "string", default: "0" },
  settle: { type: "string", default: "3" },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readIdleOptions(args: string[]): IdleOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  return {
    candidates: values.candidates.split(",").filter((name) => name !== ""),
    connections: readCount("connections", values.connections, 1),
    rooms: readCount("rooms", values.rooms),
    settleSeconds: readNumber("settle", values.settle),
  };
}
