// One measurement: a fresh server, one run of the generator against it, and what each of them used.
// Ends the server whatever happens; never throws, so that one failure leaves the other candidates.

import { loadavg } from "node:os";
import { type GeneratorReport, runGenerator } from "../load/run-generator.ts";
import type { Scenario } from "../load/scenario.ts";
import type { Candidate } from "../servers/candidate.ts";
import { idleShare, readCoreTicks } from "../stage/core-usage.ts";
import {
  cpuSeconds,
  type MemoryUsage,
  memoryUsage,
  threadCpuSeconds,
} from "../stage/process-usage.ts";
import type { RunningServer } from "../stage/start-server.ts";

export interface Figures extends GeneratorReport {
  /** Of all its threads, in the measured window. */
  readonly serverCpuSeconds: number;
  readonly serverCpuUsPerDelivery: number;
  /** Of its busiest thread: with cores enough for all, that one is what gives out first. */
  readonly busiestThreadCpuSeconds: number;
  /** Of all cores in the measured window: near 0, neither server nor generator could have had more. */
  readonly idleShare: number;
  /** After the run, before it is stopped. */
  readonly serverMemory: MemoryUsage;
  /** 0 when it drained and ended as it should; Maru promises that, the peers don't. */
  readonly serverExitCode: number;
}

export interface Measurement {
  readonly candidate: string;
  readonly scenario: Scenario;
  /** From 0. */
  readonly round: number;
  readonly loadAverage: number;
  readonly outcome: { readonly figures: Figures } | { readonly failure: string };
}

export interface Round {
  readonly candidate: Candidate;
  readonly scenario: Scenario;
  readonly round: number;
  /** Path of the load generator. */
  readonly load: string;
  /** Done to the server before the load begins; what it resolves to is called when that has ended. */
  readonly prepare?: Prepare;
}

export type Prepare = (server: RunningServer) => Promise<() => Promise<unknown>>;

export async function measure(run: Round): Promise<Measurement> {
  const { candidate, scenario, round, load, prepare } = run;
  const about = { candidate: candidate.name, scenario, round, loadAverage: loadavg()[0] ?? 0 };
  try {
    const server = await candidate.start({ connectionsMax: 0 });
    const program = { program: load, dialect: candidate.dialect, port: server.port };
    const observed = await observe(server, async (onMark) => {
      const release = await prepare?.(server);
      return runGenerator(program, scenario, onMark).finally(release);
    });
    return { ...about, outcome: { figures: observed } };
  } catch (error) {
    return { ...about, outcome: { failure: error instanceof Error ? error.message : `${error}` } };
  }
}

type Generate = (onMark: (mark: "measuring" | "measured") => void) => Promise<GeneratorReport>;

async function observe(server: RunningServer, generate: Generate): Promise<Figures> {
  const cpu = { measuring: Number.NaN, measured: Number.NaN };
  const threads = { measuring: noThreads, measured: noThreads };
  const cores = { measuring: noTicks, measured: noTicks };
  try {
    const report = await generate((mark) => {
      cpu[mark] = cpuSeconds(server.pid);
      threads[mark] = threadCpuSeconds(server.pid);
      cores[mark] = readCoreTicks();
    });
    const serverMemory = memoryUsage(server.pid);
    const serverExitCode = await server.stop();
    const serverCpuSeconds = cpu.measured - cpu.measuring;
    return {
      ...report,
      serverCpuSeconds,
      serverCpuUsPerDelivery: (serverCpuSeconds * 1e6) / report.deliveries,
      busiestThreadCpuSeconds: busiest(threads.measuring, threads.measured),
      idleShare: idleShare(cores.measuring, cores.measured),
      serverMemory,
      serverExitCode,
    };
  } catch (error) {
    await server.stop();
    const words = error instanceof Error ? error.message : `${error}`;
    throw new Error(`${words}\n${server.complaints()}`.trim());
  }
}

const noTicks = { all: 0, idle: 0, stolen: 0 };
const noThreads: ReadonlyMap<string, number> = new Map();

function busiest(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  return Math.max(...[...after].map(([id, seconds]) => seconds - (before.get(id) ?? 0)));
}
