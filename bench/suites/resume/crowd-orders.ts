// What the benchmark tells the process of its crowd, and what it hears back: a line of JSON each.

import type { Latencies } from "../../harness/latencies.ts";

export type CrowdOrder =
  /** Come in for the first time, some at a time. */
  | { readonly do: "gather"; readonly port: number }
  /** Reset every connection, at once. */
  | { readonly do: "drop" }
  /** Come back, all at once; `missed` are the seqs that each room's members must get, in order. */
  | { readonly do: "return"; readonly port: number; readonly missed: readonly number[][] };

/** After each order. */
export interface CrowdReport {
  /** Clients that are in their room, and have all that they missed. */
  readonly complete: number;
  /** Entries that somebody should have got and didn't, and such as were not next in line. */
  readonly missing: number;
  readonly unexpected: number;
  /** Joins that the server did not replay. */
  readonly unrecovered: number;
  /** Attempts beyond the first of each client, and what they failed of. */
  readonly retries: number;
  readonly failures: Readonly<Record<string, number>>;
  /** From the order on: until welcomed, until in the room, until everything was there. */
  readonly welcomed: Latencies;
  readonly joined: Latencies;
  readonly completed: Latencies;
  /** Of this process since the order. */
  readonly cpuSeconds: number;
}

export const roomOf = (index: number): string => `hall-${index}`;
