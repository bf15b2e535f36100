// The command line of the bar, read and checked once.

import { parseArgs } from "node:util";
import { readNames } from "../../harness/read-list.ts";
import { clientRows } from "./client-rows.ts";
import { fanoutRows } from "./fanout-rows.ts";
import type { BarRow } from "./row.ts";
import { serverRows } from "./server-rows.ts";
import { shardsRow } from "./shards-row.ts";

/** In the order in which they are measured. */
export const rows: Readonly<Record<string, BarRow>> = {
  ...fanoutRows,
  shards: shardsRow,
  ...serverRows,
  ...clientRows,
};

const rowNames = Object.keys(rows);
const rowLines = Object.entries(rows).map(([name, { about }]) => `    ${name.padEnd(13)} ${about}`);

export const barUsage = `usage: bun run bench bar [options]

Measures every figure that server and client are held to, references interleaved, and says which are met;
ends with 1 when one is missed. About 16 minutes, --quick about 3.

  --rows LIST    of these (default all):
${rowLines.join("\n")}
  --workers N    threads that own sockets, in all rows but shards (default 0)
  --quick        one short round of each, smaller crowds, a room of 50,000: indications
`;

export interface BarOptions {
  readonly rows: readonly string[];
  readonly workers: string;
  readonly quick: boolean;
}

const settings = {
  rows: { type: "string" },
  workers: { type: "string", default: "0" },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readBarOptions(args: string[]): BarOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const { workers, quick } = values;
  return { rows: readNames("rows", values.rows, rowNames), workers, quick };
}
