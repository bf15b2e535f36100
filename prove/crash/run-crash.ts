// The crash harness: a real server under load, killed again and again at moments that can't be foreseen,
// on one data directory. What the promises say of a crash is then held against all that was told.

import { SeededRandom, startFaultProxy } from "@maru/testkit";
import { Crowd, type CrowdReport } from "../crowd/crowd.ts";
import { RunRecorder } from "../crowd/run-recorder.ts";
import { ServerLife, type ServerLifeOptions } from "../harness/server-life.ts";
import { chooseKillMoment, type KillMoment, waitTheLittleMore } from "./kill-moment.ts";

export interface CrashOptions {
  /** Kills. */
  readonly cycles: number;
  /** Of every choice; the processes make their own besides, so a run is alike and not the same. */
  readonly seed: number;
  readonly durability: ServerLifeOptions["durability"];
  readonly workers: number;
  /** The crowd's connections are slowed down and cut into pieces too. */
  readonly isProxied?: boolean;
  readonly onCycle?: (done: number) => void;
  readonly signal?: AbortSignal;
}

export interface CrashReport extends CrowdReport {
  readonly cycles: number;
  /** Starts that were killed before they were done, besides. */
  readonly killedStarts: number;
  /** Messages without an acknowledgement at the kills, altogether. */
  readonly inFlight: number;
}

/** Rejects when the server doesn't come back, or the crowd can't go on. */
export async function runCrash(options: CrashOptions): Promise<CrashReport> {
  const { seed, signal, durability, workers } = options;
  const random = new SeededRandom(seed);
  const recorder = new RunRecorder();
  const interrupt = () => recorder.fail(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener("abort", interrupt);
  const life = await ServerLife.begin({ durability, workers });
  const proxy = options.isProxied ? spoil(life.port, random.fork()) : null;
  let crowd: Crowd | null = null;
  try {
    const port = proxy?.port ?? life.port;
    crowd = await Crowd.gather({ port, random: random.fork(), recorder });
    const kills = await killAgainAndAgain(options, life, recorder, random);
    proxy?.set({ latencyMs: 0, jitterMs: 0, sliceBytes: null });
    await crowd.settle();
    const { cycles } = options;
    return { ...(await crowd.judge(life.port)), ...kills, cycles };
  } finally {
    signal?.removeEventListener("abort", interrupt);
    await crowd?.disperse();
    proxy?.stop();
    await life.end();
  }
}

async function killAgainAndAgain(
  { cycles, onCycle }: CrashOptions,
  life: ServerLife,
  recorder: RunRecorder,
  random: SeededRandom,
): Promise<{ killedStarts: number; inFlight: number }> {
  let [killedStarts, inFlight] = [0, 0];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const moment = chooseKillMoment(random);
    await until(moment, life, recorder);
    inFlight += recorder.inFlight;
    await life.kill();
    for (const afterMs of moment.diesStartingAfterMs) {
      await life.startAndKill(afterMs);
      killedStarts += 1;
    }
    await life.start();
    onCycle?.(cycle);
  }
  return { killedStarts, inFlight };
}

async function until(moment: KillMoment, life: ServerLife, recorder: RunRecorder): Promise<void> {
  await recorder.acknowledgedMore(moment.acknowledgements);
  while (life.upMs < moment.upMs) await recorder.acknowledgedMore(1);
  await waitTheLittleMore(moment);
}

/** What reaches the server in pieces is in pieces when it dies. */
function spoil(port: number, random: SeededRandom) {
  const faults = { latencyMs: 1, jitterMs: 3, sliceBytes: 64 };
  return startFaultProxy({ target: { hostname: "127.0.0.1", port }, random, faults });
}
