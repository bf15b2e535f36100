// One storm: a fresh server, and everybody who wants in. Never throws.

import { loadavg } from "node:os";
import { type Outcome, observeServer, type ServerUse } from "../../load/observe-server.ts";
import { playGenerator } from "../../load/play-generator.ts";
import type { Candidate } from "../../servers/candidate.ts";

/** What the generator found; see load/c/storm.c. */
export interface StormReport {
  readonly connections: number;
  /** Still in, a moment after the last one came. */
  readonly held: number;
  /** From the first dial until all, and until half of them, were in their rooms. */
  readonly seconds: number;
  readonly halfSeconds: number;
  /**
   * Until it was in its room, waits between two tries included: from the first dial of each, or, with
   * everybody at once, from the beginning of the storm.
   */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly attempts: number;
  /** Attempts beyond the first of each. */
  readonly retries: number;
  /** Told so by the server, and `refusal` is its code for the first. */
  readonly refused: number;
  readonly refusal: string;
  /** Ended without a word, or not even dialled. */
  readonly failed: number;
  /** After they were in. */
  readonly disconnects: number;
  readonly closes: number;
  readonly malformed: number;
  readonly generatorCpuSeconds: number;
}

export type StormFigures = StormReport & ServerUse;

export interface StormMeasurement {
  readonly candidate: string;
  /** At most so many dialled and not yet in; 0 = everybody at once. */
  readonly underWay: number;
  /** From 0. */
  readonly round: number;
  readonly loadAverage: number;
  readonly outcome: Outcome<StormFigures>;
}

export interface Storm {
  readonly connections: number;
  readonly rooms: number;
  readonly underWay: number;
  readonly seed: number;
  /** After it, who is not in stays out. */
  readonly limitSeconds: number;
}

export function playStorm(
  load: string,
  { dialect }: Pick<Candidate, "dialect">,
  port: number,
  storm: Storm,
  onMark: Parameters<typeof playGenerator>[2],
): Promise<StormReport> {
  const flags = {
    dialect,
    port,
    storm: storm.connections,
    rooms: storm.rooms,
    "under-way": storm.underWay,
    seed: storm.seed,
    seconds: storm.limitSeconds,
  };
  return playGenerator<StormReport>(load, flags, onMark);
}

export async function measureStorm(
  candidate: Candidate,
  load: string,
  round: number,
  storm: Storm,
): Promise<StormMeasurement> {
  const loadAverage = loadavg()[0] ?? 0;
  const outcome = await observeServer(candidate, (port, onMark) =>
    playStorm(load, candidate, port, storm, onMark),
  );
  return { candidate: candidate.name, underWay: storm.underWay, round, loadAverage, outcome };
}
