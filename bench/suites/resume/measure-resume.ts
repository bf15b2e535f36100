// One round: a crowd comes in, drops, misses what is said, and comes back all at once.
// Ends the server and the crowd, whatever happens.

import { type Helper, startHelper } from "../../harness/children.ts";
import { createScratchDir } from "../../harness/places.ts";
import { findFreePort, type RunningServer, readMetric, startMaru } from "../../harness/server.ts";
import { cpuSeconds, type MemoryUsage, memoryUsage } from "../../harness/usage.ts";
import { WireClient } from "../../harness/wire-client.ts";
import { generousRates } from "../../servers/maru.ts";
import { type ClientsReport, type ClientsTask, roomOf } from "./returning-client.ts";

export interface ResumePlan {
  readonly clients: number;
  readonly rooms: number;
  /** Said in each room meanwhile. */
  readonly messages: number;
  readonly restart: boolean;
  readonly durability: string;
  readonly workers: string;
}

export interface Resume {
  readonly round: number;
  /** From the drop until the server knew of it; null where it was killed. */
  readonly noticedMs: number | null;
  readonly gathered: ClientsReport;
  readonly returned: ClientsReport;
  /** Pages that the log read on another thread for them. */
  readonly logReads: number;
  /** While they came back. */
  readonly serverCpuSeconds: number;
  readonly serverMemory: MemoryUsage;
}

const noticeMsMax = 30_000;
const pageTasks = 'maru_log_tasks_total{kind="page"}';

export async function measureResume(plan: ResumePlan, round: number): Promise<Resume> {
  using data = createScratchDir();
  const httpPort = findFreePort();
  const flags = {
    data: data.path,
    durability: plan.durability,
    workers: plan.workers,
    "http-port": String(httpPort),
    ...generousRates,
    "rooms-per-session": String(plan.rooms + 1),
  };
  const program = `${import.meta.dir}/client-process.ts`;
  const words = [process.execPath, program, `${plan.clients}`, `${plan.rooms}`];
  const started = { server: await startMaru(flags) };
  const clients = startHelper("the crowd", words);
  const restart = async () => {
    await started.server.kill();
    started.server = await startMaru(flags);
  };
  try {
    return { round, ...(await measureReturn({ clients, httpPort, started, restart, plan })) };
  } finally {
    await clients.end();
    await started.server.stop();
  }
}

interface Scene {
  readonly clients: Helper;
  readonly httpPort: number;
  /** The server that is running now. */
  readonly started: { readonly server: RunningServer };
  /** With `-9`. */
  restart(): Promise<void>;
  readonly plan: ResumePlan;
}

async function measureReturn(scene: Scene): Promise<Omit<Resume, "round">> {
  const { clients, httpPort, started, restart, plan } = scene;
  /** Resolves when it is done, or has been given up after a minute. */
  const tell = async (task: ClientsTask): Promise<ClientsReport> => {
    await clients.tell(JSON.stringify(task));
    return JSON.parse(await clients.hear()) as ClientsReport;
  };
  const gathered = await tell({ do: "gather", port: started.server.port });
  if (gathered.complete < plan.clients) {
    throw new Error(`${gathered.complete} came in: ${JSON.stringify(gathered.failures)}`);
  }
  await tell({ do: "drop" });
  const noticedMs = await untilNoticed(httpPort);
  const missed = await talk(started.server.port, plan);
  if (plan.restart) await restart();
  const { pid, port } = started.server;
  const before = { logReads: await readMetric(httpPort, pageTasks), cpu: cpuSeconds(pid) };
  const returned = await tell({ do: "return", port, missed });
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
async function talk(port: number, { rooms, messages }: ResumePlan): Promise<number[][]> {
  const talker = await WireClient.greet(port, "talker");
  const halls = Array.from({ length: rooms }, (_, index) => roomOf(index));
  for (const room of halls) await talker.ask({ type: "join", room });
  const said: number[][] = halls.map(() => []);
  const say = async (room: string, index: number) => {
    const text = `message ${said[index]?.length} of those that were missed, in ${room}`;
    const { reply } = await talker.ask({ type: "send", room, text });
    said[index]?.push(Number(reply.seq));
  };
  for (let message = 0; message < messages; message++) await Promise.all(halls.map(say));
  talker.close();
  return said;
}
