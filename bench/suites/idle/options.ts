// The command line of the idle benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readList } from "../../harness/read-list.ts";
import { readCount, readNumber } from "../../harness/read-number.ts";
import { settleSecondsDefault } from "./measure-idle.ts";

export const idleUsage = `usage: bun run bench idle [options]

Ends with 1 when a server lost one of the crowd. About 5 minutes.

  --candidates LIST   maru:WORKERS[:DURABILITY], a peer's name, or all (default maru:0,maru:1,bun-serve)
  --connections N     to hold (default 19000); Maru is started with just this many allowed
  --rooms R           spread them over so many rooms (default 0: greeted only, which the WebSocket
                      peers can't be: they get one room then)
  --rounds N          the median of them is shown (default 3)
  --settle S          seconds between the last change and each reading of memory (default ${settleSecondsDefault})
`;

export interface IdleOptions {
  readonly candidates: readonly string[];
  readonly connections: number;
  readonly rooms: number;
  readonly rounds: number;
  readonly settleSeconds: number;
}

const settings = {
  candidates: { type: "string", default: "maru:0,maru:1,bun-serve" },
  connections: { type: "string", default: "19000" },
  rooms: { type: "string", default: "0" },
  rounds: { type: "string", default: "3" },
  settle: { type: "string", default: String(settleSecondsDefault) },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readIdleOptions(args: string[]): IdleOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  return {
    candidates: readList(values.candidates),
    connections: readCount("connections", values.connections, 1),
    rooms: readCount("rooms", values.rooms),
    rounds: readCount("rounds", values.rounds, 1),
    settleSeconds: readNumber("settle", values.settle),
  };
}
