// One measurement: a fresh server, one run of the generator against it, and what each of them used.
// Never throws, so that one failure leaves the other candidates.

import { loadavg } from "node:os";
import type { Candidate } from "../servers/candidate.ts";
import { type Outcome, observeServer, type Prepare, type ServerUse } from "./observe-server.ts";
import { type GeneratorReport, runGenerator } from "./run-generator.ts";
import type { Scenario } from "./scenario.ts";

export interface Figures extends GeneratorReport, ServerUse {
  readonly serverCpuUsPerDelivery: number;
}

export interface Measurement {
  readonly candidate: string;
  readonly scenario: Scenario;
  /** From 0. */
  readonly round: number;
  readonly loadAverage: number;
  readonly outcome: Outcome<Figures>;
}

export interface Round {
  readonly candidate: Candidate;
  readonly scenario: Scenario;
  readonly round: number;
  /** Path of the load generator. */
  readonly load: string;
  readonly prepare?: Prepare;
}

export async function measure(run: Round): Promise<Measurement> {
  const { candidate, scenario, round, load, prepare } = run;
  const about = { candidate: candidate.name, scenario, round, loadAverage: loadavg()[0] ?? 0 };
  const play = (port: number, onMark: Parameters<typeof runGenerator>[2]) =>
    runGenerator({ program: load, dialect: candidate.dialect, port }, scenario, onMark);
  const outcome = await observeServer(candidate, play, prepare);
  if ("failure" in outcome) return { ...about, outcome };
  const { figures } = outcome;
  // Only Maru promises to drain and to end in order.
  if (candidate.dialect === "maru" && figures.serverExitCode !== 0) {
    return { ...about, outcome: { failure: `the server ended with ${figures.serverExitCode}` } };
  }
  const serverCpuUsPerDelivery = (figures.serverCpuSeconds * 1e6) / figures.deliveries;
  return { ...about, outcome: { figures: { ...figures, serverCpuUsPerDelivery } } };
}
