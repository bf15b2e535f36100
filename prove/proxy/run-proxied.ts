// A living server behind a network that is anything but well: every connection of the crowd goes through
// the fault proxy. The network gets well again, and then the promises are held against what was told.

import { type FaultProxy, noFaults, SeededRandom, startFaultProxy } from "@maru/testkit";
import { Crowd, type CrowdReport } from "../crowd/crowd.ts";
import { RunRecorder } from "../crowd/run-recorder.ts";
import { ServerLife } from "../harness/server-life.ts";
import { beginFault, chooseFault, proxyFaultKinds } from "./proxy-fault.ts";

export interface ProxiedOptions {
  /** Of every choice; the network and the threads make their own besides. */
  readonly seed: number;
  readonly workers: number;
  readonly signal?: AbortSignal;
}

export interface ProxiedReport extends CrowdReport {
  readonly faults: number;
  /** Connections that the proxy had at the end of each fault, altogether, and cut. */
  readonly cut: number;
}

/** Each kind comes so often in one run. */
const timesEach = 2;
/** Short, so that a half-open connection is found out within a fault. */
const heartbeats = ["--heartbeat-ms", "500", "--heartbeat-grace-ms", "500"];

/** Rejects when the crowd can't go on. */
export async function runProxied(options: ProxiedOptions): Promise<ProxiedReport> {
  const { seed, workers, signal } = options;
  const random = new SeededRandom(seed);
  const recorder = new RunRecorder();
  const interrupt = () => recorder.fail(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener("abort", interrupt);
  const life = await ServerLife.begin({ durability: "fsync", workers, flags: heartbeats });
  const target = { hostname: "127.0.0.1", port: life.port };
  const proxy = startFaultProxy({ target, random: random.fork() });
  let crowd: Crowd | null = null;
  try {
    crowd = await Crowd.gather({ port: proxy.port, random: random.fork(), recorder });
    const weather = await passThrough(proxy, recorder, random);
    proxy.set(noFaults);
    await crowd.settle();
    return { ...(await crowd.judge(life.port)), ...weather };
  } finally {
    signal?.removeEventListener("abort", interrupt);
    await crowd?.disperse();
    proxy.stop();
    await life.end();
  }
}

async function passThrough(
  proxy: FaultProxy,
  recorder: RunRecorder,
  random: SeededRandom,
): Promise<{ faults: number; cut: number }> {
  let [faults, cut] = [0, 0];
  for (let time = 0; time < timesEach; time += 1) {
    for (const kind of shuffled(proxyFaultKinds, random)) {
      const fault = chooseFault(random, kind);
      const before = new Set(proxy.connections);
      beginFault(proxy, fault);
      await Promise.race([recorder.acknowledgedMore(fault.acknowledgements), pause(fault.ms)]);
      const after = new Set(proxy.connections);
      cut += [...before].filter((connection) => !after.has(connection)).length;
      faults += 1;
    }
  }
  return { faults, cut };
}

function shuffled<T>(items: readonly T[], random: SeededRandom): T[] {
  const rest = [...items];
  return items.map(() => rest.splice(random.below(rest.length), 1)[0] as T);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
