// The fan-out run of the C load generator: its report, and its flags for a scenario.

import type { Dialect } from "../servers/candidate.ts";
import { type GeneratorFlags, playGenerator, type WindowMark } from "./play-generator.ts";
import type { Scenario } from "./scenario.ts";

/** The generator's report, as it prints it; see load/c/report.c. */
export interface GeneratorReport {
  readonly seconds: number;
  /** In the measured window; so are the next six. */
  readonly deliveries: number;
  readonly messages: number;
  readonly acks: number;
  readonly bytes: number;
  readonly deliveriesPerSecond: number;
  readonly messagesPerSecond: number;
  readonly generatorCpuSeconds: number;
  readonly drainSeconds: number;
  readonly samples: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** In the whole run; so is everything below. */
  readonly missing: number;
  readonly extra: number;
  readonly unacknowledged: number;
  readonly misordered: number;
  readonly malformed: number;
  readonly disconnects: number;
  readonly stalledDisconnects: number;
  readonly errors: number;
  readonly closes: number;
  readonly firstError: string;
  readonly firstClose: string;
}

export interface GeneratorTarget {
  readonly program: string;
  readonly dialect: Dialect;
  readonly port: number;
}

export function runGenerator(
  target: GeneratorTarget,
  scenario: Scenario,
  onMark: (mark: WindowMark) => void,
): Promise<GeneratorReport> {
  return playGenerator<GeneratorReport>(target.program, flagsOf(target, scenario), onMark);
}

function flagsOf({ dialect, port }: GeneratorTarget, scenario: Scenario): GeneratorFlags {
  const { pace } = scenario;
  return {
    dialect,
    port,
    rooms: scenario.rooms,
    members: scenario.members,
    talkers: scenario.talkers,
    stalled: scenario.stalled,
    "text-bytes": scenario.textBytes,
    warmup: scenario.warmupSeconds,
    seconds: scenario.seconds,
    drain: scenario.drainSeconds,
    sample: scenario.sampleEvery,
    "sample-listeners": scenario.sampleListeners ? 1 : 0,
    ...("inflight" in pace ? { inflight: pace.inflight } : { rate: pace.messagesPerSecond }),
  };
}
