// A server while the generator plays against it: what it used in the measured window, what memory
// it held at the end of it, and how it ended. Ends the server whatever happens.

import { loadavg } from "node:os";
import { type Attempt, outcomeOf, reasonOf } from "../harness/outcome.ts";
import type { RunningServer } from "../harness/server.ts";
import {
  cpuSeconds,
  idleShare,
  type MemoryUsage,
  memoryUsage,
  readCoreTicks,
  stolenShare,
  threadCpuSeconds,
} from "../harness/usage.ts";
import type { Candidate } from "../servers/candidate.ts";
import type { GeneratorTarget, OnMark, WindowMark } from "./generator.ts";

export interface ServerUse {
  /** Of all its threads, in the measured window; so are the next three. */
  readonly serverCpuSeconds: number;
  /** Of its busiest thread: with cores enough for all, that one is what gives out first. */
  readonly busiestThreadCpuSeconds: number;
  /** Of all cores: near 0, neither server nor generator could have had more. */
  readonly idleShare: number;
  /** Of all cores: what another guest of the same host had. */
  readonly stolenShare: number;
  /** Before the run, and at the end of the window, with the whole crowd in. */
  readonly memoryBefore: MemoryUsage;
  readonly memoryThen: MemoryUsage;
  /** 0 when it drained and ended as it should; Maru promises that, the peers don't. */
  readonly serverExitCode: number;
}

type Play<Report> = (target: GeneratorTarget, onMark: OnMark) => Promise<Report>;

export interface Observed {
  readonly candidate: Candidate;
  readonly round: number;
  /** Path of the load generator. */
  readonly load: string;
  readonly prepare?: Prepare | undefined;
}

/** Done to the server before the load begins; what it resolves to is called when that has ended. */
export type Prepare = (server: RunningServer) => Promise<() => unknown>;

/** Starts a fresh server that lets all in; never throws. */
export async function observeServer<Report extends object>(
  { candidate, round, load, prepare = async () => () => {} }: Observed,
  play: Play<Report>,
): Promise<Attempt<Report & ServerUse>> {
  const loadAverage = loadavg()[0] ?? 0;
  const { name, dialect } = candidate;
  const outcome = await outcomeOf(async () => {
    const server = await candidate.start({ connectionsMax: 0 });
    const target = { program: load, dialect, port: server.port };
    return observe(server, prepare, (onMark) => play(target, onMark));
  });
  return { candidate: name, round, loadAverage, outcome };
}

async function observe<Report extends object>(
  server: RunningServer,
  prepare: Prepare,
  play: (onMark: OnMark) => Promise<Report>,
): Promise<Report & ServerUse> {
  try {
    const release = await prepare(server);
    const before = usageOf(server.pid);
    const window = { measuring: before, measured: before };
    const onMark = (mark: WindowMark) => {
      window[mark] = usageOf(server.pid);
    };
    const report = await play(onMark).finally(release);
    const serverExitCode = await server.stop();
    const memories = { memoryBefore: before.memory, memoryThen: window.measured.memory };
    return { ...report, ...usedIn(window), ...memories, serverExitCode };
  } catch (error) {
    await server.stop();
    throw new Error(`${reasonOf(error)}\n${server.complaints()}`.trim());
  }
}

function usageOf(pid: number) {
  return {
    cpu: cpuSeconds(pid),
    threads: threadCpuSeconds(pid),
    cores: readCoreTicks(),
    memory: memoryUsage(pid),
  };
}

type Usage = ReturnType<typeof usageOf>;

function usedIn({ measuring, measured }: Readonly<Record<WindowMark, Usage>>) {
  const threads = [...measured.threads];
  return {
    serverCpuSeconds: measured.cpu - measuring.cpu,
    busiestThreadCpuSeconds: Math.max(
      ...threads.map(([id, seconds]) => seconds - (measuring.threads.get(id) ?? 0)),
    ),
    idleShare: idleShare(measuring.cores, measured.cores),
    stolenShare: stolenShare(measuring.cores, measured.cores),
  };
}
