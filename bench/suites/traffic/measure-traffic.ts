// One evening: a fresh server, and the generator that plays the script. Never throws.

import { loadavg } from "node:os";
import { type Outcome, observeServer, type ServerUse } from "../../load/observe-server.ts";
import { playGenerator, type WindowMark } from "../../load/play-generator.ts";
import type { Candidate } from "../../servers/candidate.ts";

/** What the generator found; see load/c/traffic-report.c. */
export interface TrafficReport {
  readonly seconds: number;
  /** In the measured window, as are the next eight: messages whose time came, and such as were said. */
  readonly due: number;
  readonly messages: number;
  /** Deliveries: everybody present when a message was said, added up; and such as came. */
  readonly expected: number;
  readonly deliveries: number;
  readonly bytes: number;
  readonly moves: number;
  readonly movesDone: number;
  /** Deeds that waited until their person was in. */
  readonly held: number;
  readonly generatorCpuSeconds: number;
  readonly drainSeconds: number;
  readonly samples: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** From when a move was due until the new room was joined. */
  readonly moveP50Ms: number;
  readonly moveP99Ms: number;
  readonly moveMaxMs: number;
  /** In the whole run; so is everything below. */
  readonly missing: number;
  readonly extra: number;
  readonly misordered: number;
  readonly unacknowledged: number;
  readonly unmoved: number;
  readonly unsaid: number;
  readonly malformed: number;
  readonly disconnects: number;
  readonly errors: number;
  readonly closes: number;
  readonly firstError: string;
  readonly firstClose: string;
}

export type TrafficFigures = TrafficReport & ServerUse;

export interface TrafficMeasurement {
  readonly candidate: string;
  /** From 0. */
  readonly round: number;
  readonly seed: number;
  readonly loadAverage: number;
  readonly outcome: Outcome<TrafficFigures>;
}

export interface Play {
  /** Path of the load generator. */
  readonly load: string;
  /** Path of the script. */
  readonly script: string;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly drainSeconds: number;
}

export function playTraffic(
  { load, ...play }: Play,
  dialect: Candidate["dialect"],
  port: number,
  onMark: (mark: WindowMark) => void,
): Promise<TrafficReport> {
  const flags = {
    dialect,
    port,
    script: play.script,
    warmup: play.warmupSeconds,
    seconds: play.seconds,
    drain: play.drainSeconds,
    sample: 1,
  };
  return playGenerator<TrafficReport>(load, flags, onMark);
}

export async function measureTraffic(
  candidate: Candidate,
  play: Play,
  about: { readonly round: number; readonly seed: number },
): Promise<TrafficMeasurement> {
  const loadAverage = loadavg()[0] ?? 0;
  const outcome = await observeServer(candidate, (port, onMark) =>
    playTraffic(play, candidate.dialect, port, onMark),
  );
  return { candidate: candidate.name, ...about, loadAverage, outcome };
}
