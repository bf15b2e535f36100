// One round: a crowd comes in, drops, misses what is said, and comes back all at once.
// Ends the server and the crowd, whatever happens.

import { findFreePort } from "../../harness/find-free-port.ts";
import { cpuSeconds, type MemoryUsage, memoryUsage } from "../../harness/process-usage.ts";
import { readMetric } from "../../harness/read-metrics.ts";
import { createScratchDir } from "../../harness/scratch-dir.ts";
import { startMaru } from "../../harness/start-maru.ts";
import type { RunningServer } from "../../harness/start-server.ts";
import { WireClient } from "../../harness/wire-client.ts";
import { generousRates } from "../../servers/generous-maru.ts";
import { type CrowdReport, roomOf } from "./crowd-orders.ts";
import type { ResumeOptions } from "./options.ts";
import { type Crowd, startCrowd } from "./start-crowd.ts";

export interface Resume {
  readonly round: number;
  /** From the drop until the server knew of it; null where it was killed. */
  readonly noticedMs: number | null;
  readonly gathered: CrowdReport;
  readonly returned: CrowdReport;
  /** Pages that the log read on another thread for them. */
  readonly logReads: number;
  /** While they came back. */
  readonly serverCpuSeconds: number;
  readonly serverMemory: MemoryUsage;
}

const noticeMsMax = 30_000;
const pageTasks = 'maru_log_tasks_total{kind="page"}';

export async function measureResume(options: ResumeOptions, round: number): Promise<Resume> {
  const data = createScratchDir();
  const flags = {
    data: data.path,
    durability: options.durability,
    workers: options.workers,
    "http-port": String(findFreePort()),
    ...generousRates,
    "rooms-per-session": String(options.rooms + 1),
  };
  try {
    const started = { server: await startMaru(flags) };
    try {
      return { round, ...(await rehearseWithCrowd({ flags, started, options })) };
    } finally {
      await started.server.stop();
    }
  } finally {
    data.remove();
  }
}

interface Play {
  readonly crowd: Crowd;
  readonly flags: Readonly<Record<string, string>>;
  /** The server that is running now. */
  readonly started: { server: RunningServer };
  readonly options: ResumeOptions;
}

async function rehearseWithCrowd(play: Omit<Play, "crowd">): Promise<Omit<Resume, "round">> {
  const crowd = startCrowd(play.options.clients, play.options.rooms);
  try {
    return await rehearse({ ...play, crowd });
  } finally {
    await crowd.end();
  }
}

async function rehearse(play: Play): Promise<Omit<Resume, "round">> {
  const { crowd, flags, started, options } = play;
  const httpPort = Number(flags["http-port"]);
  const gathered = await crowd.tell({ do: "gather", port: started.server.port });
  if (gathered.complete < options.clients) {
    throw new Error(`${gathered.complete} came in: ${JSON.stringify(gathered.failures)}`);
  }
  await crowd.tell({ do: "drop" });
  const noticedMs = await untilNoticed(httpPort);
  const missed = await talk(started.server.port, options);
  if (options.restart) {
    await started.server.kill();
    started.server = await startMaru(flags);
  }
  const { pid, port } = started.server;
  const before = { logReads: await readMetric(httpPort, pageTasks), cpu: cpuSeconds(pid) };
  const returned = await crowd.tell({ do: "return", port, missed });
  return {
    noticedMs,
    gathered,
    returned,
    logReads: (await readMetric(httpPort, pageTasks)) - before.logReads,
    serverCpuSeconds: cpuSeconds(pid) - before.cpu,
    serverMemory: memoryUsage(pid),
  };
}

/** Until every connection is gone: what is said before that, the crowd would not have missed. */
async function untilNoticed(httpPort: number): Promise<number> {
  const beganMs = performance.now();
  while (performance.now() - beganMs < noticeMsMax) {
    if ((await readMetric(httpPort, "maru_connections_open")) === 0) {
      return performance.now() - beganMs;
    }
  }
  throw new Error("the server still holds connections that were reset half a minute ago");
}

/** The seqs of what was said, by room. */
async function talk(port: number, { rooms, messages }: ResumeOptions): Promise<number[][]> {
  const talker = await WireClient.greet(port, "talker");
  const halls = Array.from({ length: rooms }, (_, index) => roomOf(index));
  for (const room of halls) await talker.ask({ type: "join", room });
  const said: number[][] = halls.map(() => []);
  const say = async (room: string, index: number) => {
    const text = `message ${said[index]?.length} of those that nobody heard, in ${room}`;
    const { reply } = await talker.ask({ type: "send", room, text });
    said[index]?.push(Number(reply.seq));
  };
  for (let message = 0; message < messages; message++) await Promise.all(halls.map(say));
  await talker.close();
  return said;
}
