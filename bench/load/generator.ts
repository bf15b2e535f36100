// The C load generator (load/c): run with flags until it reports, and its fan-out run of a scenario.
// Tells its caller the moments at which the measured window begins and ends.

import { adoptChild, flagWords, readLines } from "../harness/children.ts";
import type { Dialect } from "../servers/candidate.ts";
import type { Scenario } from "./scenario.ts";

export type WindowMark = "measuring" | "measured";
export type OnMark = (mark: WindowMark) => void;

export interface GeneratorTarget {
  /** Path of the generator. */
  readonly program: string;
  readonly dialect: Dialect;
  readonly port: number;
}

/** Resolves to its report, as it prints it; throws with its words where it ends with another code than 0. */
export async function playGenerator<Report>(
  { program, dialect, port }: GeneratorTarget,
  flags: Readonly<Record<string, string | number>>,
  onMark: OnMark,
): Promise<Report> {
  const words = flagWords({ dialect, port, ...flags });
  const child = adoptChild(
    Bun.spawn([program, ...words], { stdin: "ignore", stdout: "pipe", stderr: "pipe" }),
  );
  try {
    let complaints = "";
    for await (const line of readLines(child.stderr)) {
      if (line === "measuring" || line === "measured") onMark(line);
      else complaints += `${line}\n`;
    }
    const output = await new Response(child.stdout).text();
    const code = await child.exited;
    if (code !== 0) throw new Error(`the load generator ended with ${code}\n${complaints}`.trim());
    return JSON.parse(output) as Report;
  } finally {
    child.kill("SIGKILL"); // where onMark threw, it would play on without a reader
    await child.exited;
  }
}

/** What every play of talk and of traffic reports; see load/c/report.c and traffic-report.c. */
export interface PlayReport {
  readonly seconds: number;
  /** In the measured window; so are the next nine. */
  readonly deliveries: number;
  readonly messages: number;
  readonly bytes: number;
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
  readonly errors: number;
  readonly closes: number;
  readonly firstError: string;
  readonly firstClose: string;
}

/** Of the fan-out run. */
export interface GeneratorReport extends PlayReport {
  readonly acks: number;
  readonly deliveriesPerSecond: number;
  readonly messagesPerSecond: number;
  /** In the whole run, of those who never read. */
  readonly stalledDisconnects: number;
}

export function runGenerator(
  target: GeneratorTarget,
  scenario: Scenario,
  onMark: OnMark = () => {},
): Promise<GeneratorReport> {
  const { pace } = scenario;
  const flags = {
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
  return playGenerator(target, flags, onMark);
}
