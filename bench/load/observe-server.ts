// A server while the generator plays against it: what it used in the measured window, what memory
// it held at the end of it, and how it ended. Ends the server whatever happens.

import type { Candidate } from "../servers/candidate.ts";
import { cpuSeconds, type MemoryUsage, memoryUsage } from "../stage/process-usage.ts";
import type { RunningServer } from "../stage/start-server.ts";
import type { WindowMark } from "./play-generator.ts";

export interface ServerUse {
  /** Of all its threads, in the measured window. */
  readonly serverCpuSeconds: number;
  /** Before the run, and at the end of the window, with everybody in. */
  readonly memoryBefore: MemoryUsage;
  readonly memoryThen: MemoryUsage;
  /** 0 when it drained and ended as it should; Maru promises that, the peers don't. */
  readonly serverExitCode: number;
}

/** The outcome of a measurement: a failure of one candidate leaves the others. */
export type Outcome<Figures> = { readonly figures: Figures } | { readonly failure: string };

/** Starts a fresh server without a limit on connections; never throws. */
export async function observeServer<Report extends object>(
  candidate: Candidate,
  play: (port: number, onMark: (mark: WindowMark) => void) => Promise<Report>,
): Promise<Outcome<Report & ServerUse>> {
  try {
    return { figures: await observe(await candidate.start({ connectionsMax: 0 }), play) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : `${error}` };
  }
}

async function observe<Report extends object>(
  server: RunningServer,
  play: (port: number, onMark: (mark: WindowMark) => void) => Promise<Report>,
): Promise<Report & ServerUse> {
  const memoryBefore = memoryUsage(server.pid);
  const cpu = { measuring: Number.NaN, measured: Number.NaN };
  let memoryThen = memoryBefore;
  try {
    const report = await play(server.port, (mark) => {
      cpu[mark] = cpuSeconds(server.pid);
      memoryThen = memoryUsage(server.pid);
    });
    const serverExitCode = await server.stop();
    const serverCpuSeconds = cpu.measured - cpu.measuring;
    return { ...report, serverCpuSeconds, memoryBefore, memoryThen, serverExitCode };
  } catch (error) {
    await server.stop();
    const words = error instanceof Error ? error.message : `${error}`;
    throw new Error(`${words}\n${server.complaints()}`.trim());
  }
}
