// The command line of the resume benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readCount } from "../../harness/read-number.ts";

export const resumeUsage = `usage: bun run bench resume [options]

  --clients N     who drop and come back, spread over the rooms (default 10000)
  --rooms R       (default 100)
  --messages N    said in each room during their absence (default 100)
  --restart       the server is killed with -9 meanwhile, and started again
  --rounds N      each with a fresh server (default 3)
  --durability D  fsync or os (default fsync)
  --workers N     threads that own sockets (default auto, as the server's)
`;

export interface ResumeOptions {
  readonly clients: number;
  readonly rooms: number;
  readonly messages: number;
  readonly restart: boolean;
  readonly rounds: number;
  readonly durability: string;
  readonly workers: string;
}

const settings = {
  clients: { type: "string", default: "10000" },
  rooms: { type: "string", default: "100" },
  messages: { type: "string", default: "100" },
  restart: { type: "boolean", default: false },
  rounds: { type: "string", default: "3" },
  durability: { type: "string", default: "fsync" },
  workers: { type: "string", default: "auto" },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readResumeOptions(args: string[]): ResumeOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const rooms = readCount("rooms", values.rooms, 1);
  return {
    clients: readCount("clients", values.clients, rooms),
    rooms,
    messages: readCount("messages", values.messages, 1),
    restart: values.restart,
    rounds: readCount("rounds", values.rounds, 1),
    durability: values.durability,
    workers: values.workers,
  };
}
