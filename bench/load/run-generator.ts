// Runs the C load generator against a server and reads what it found.
// Tells its caller the moments at which the measured window begins and ends.

import type { Dialect } from "../servers/candidate.ts";
import { adoptChild } from "../stage/children.ts";
import { readLines } from "../stage/read-lines.ts";
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

export type WindowMark = "measuring" | "measured";

export async function runGenerator(
  target: GeneratorTarget,
  scenario: Scenario,
  onMark: (mark: WindowMark) => void,
): Promise<GeneratorReport> {
  const child = adoptChild(
    Bun.spawn([target.program, ...flagsOf(target, scenario)], {
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    }),
  );
  let complaints = "";
  for await (const line of readLines(child.stderr)) {
    if (line === "measuring" || line === "measured") onMark(line);
    else complaints += `${line}\n`;
  }
  const output = await new Response(child.stdout).text();
  const code = await child.exited;
  if (code !== 0) throw new Error(`the load generator ended with ${code}\n${complaints}`.trim());
  return JSON.parse(output) as GeneratorReport;
}

function flagsOf({ dialect, port }: GeneratorTarget, scenario: Scenario): string[] {
  const { pace } = scenario;
  const flags = {
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
    ...("inflight" in pace ? { inflight: pace.inflight } : { rate: pace.messagesPerSecond }),
  };
  return Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
