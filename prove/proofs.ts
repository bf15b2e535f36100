// The three proofs as the command line runs them: each with its progress, its numbers, and the command
// that runs again what broke. Runs them; how they work is their own.

import { type CrashReport, runCrash } from "./crash/run-crash.ts";
import { type ProxiedReport, runProxied } from "./proxy/run-proxied.ts";
import { startProgress } from "./report/progress.ts";
import { type Broken, countOf, type Proof } from "./report/proof.ts";
import { describeFailure, type Statistics, simulate } from "./simulation/mod.ts";
import { addStatistics, createStatistics } from "./simulation/statistics.ts";

export interface SimulationPlan {
  readonly firstSeed: number;
  readonly seeds: number;
  /** Gets each line of what happens. */
  readonly print?: (line: string) => void;
}

export interface CrashPlan {
  readonly cycles: number;
  readonly seed: number;
  readonly durability: "fsync" | "os";
  readonly workers: number;
  readonly isProxied: boolean;
}

export interface ProxyPlan {
  readonly rounds: number;
  /** Of the first round; each has the next one. */
  readonly seed: number;
  readonly signal: AbortSignal;
}

const command = "bun run prove";
const chunkSeeds = 10;

export async function proveSimulated(plan: SimulationPlan, signal: AbortSignal): Promise<Proof> {
  const { firstSeed, seeds, print } = plan;
  const progress = print === undefined ? startProgress("simulated runs", seeds) : null;
  const statistics = createStatistics();
  const broken: Broken[] = [];
  const startMs = performance.now();
  try {
    for (let done = 0; done < seeds; done += chunkSeeds) {
      const chunk = { firstSeed: firstSeed + done, seeds: Math.min(chunkSeeds, seeds - done) };
      const onProgress = (count: number) => progress?.done(done + count);
      const report = await simulate({ ...chunk, onProgress, print });
      addStatistics(statistics, report.statistics);
      broken.push(...report.failed.map((run) => ({ description: describeFailure(run) })));
      // Virtual time leaves none to the real one: here the process hears that it is to end.
      await new Promise<void>((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  } finally {
    progress?.stop();
  }
  return {
    what: `${countOf(seeds, "simulated run")}, each with a server, its clients, its disk and its network`,
    counted: numbersOfSimulation(statistics),
    seeds: seeds === 1 ? `${firstSeed}` : `${firstSeed}–${firstSeed + seeds - 1}`,
    tookMs: performance.now() - startMs,
    broken,
  };
}

function numbersOfSimulation(statistics: Statistics): string[] {
  const { asked, acknowledged, duplicates, resets, newEpochs, faults } = statistics;
  const faultCount = Object.values(faults).reduce((sum, count) => sum + count, 0);
  return [
    `${countOf(asked, "message")} asked for, ${countOf(acknowledged, "acknowledgement")}, of which ${countOf(duplicates, "duplicate")}`,
    countOf(faultCount, "fault"),
    `${countOf(resets, "reset")} announced, ${countOf(newEpochs, "new epoch")} after a loss that the durability allows`,
    `${countOf(Math.round(statistics.virtualMs / 3_600_000), "hour")} of virtual time`,
  ];
}

export async function proveCrashes(plan: CrashPlan, signal: AbortSignal): Promise<Proof> {
  const { cycles, seed, durability, workers, isProxied } = plan;
  const what = `${countOf(cycles, "kill -9", "× kill -9")} under load, durability ${durability}, workers ${workers}, ${isProxied ? "through the fault proxy" : "direct"}`;
  const flags = `--cycles ${cycles} --seed ${seed} --durability ${durability} --workers ${workers}`;
  const replay = `${command} crash ${flags}${isProxied ? " --proxied" : ""}`;
  const progress = startProgress(`kills, durability ${durability}`, cycles);
  try {
    return await proofOf(what, `${seed}`, signal, replay, async () => {
      const report = await runCrash({ ...plan, signal, onCycle: progress.done });
      return { problems: report.problems, counted: numbersOfCrash(report) };
    });
  } finally {
    progress.stop();
  }
}

function numbersOfCrash(report: CrashReport): string[] {
  return [
    ...numbersOfCrowd(report),
    `${report.inFlight.toLocaleString("en-US")} in flight at the kills`,
    `${countOf(report.killedStarts, "start")} killed besides`,
  ];
}

export async function proveProxied({ rounds, seed, signal }: ProxyPlan): Promise<Proof> {
  const reports: ProxiedReport[] = [];
  const broken: Broken[] = [];
  const progress = startProgress("rounds through the fault proxy", rounds);
  const startMs = performance.now();
  try {
    for (let round = 0; round < rounds; round += 1) {
      const own = seed + round;
      const replay = `${command} proxy --rounds 1 --seed ${own}`;
      const proof = await proofOf("", `${own}`, signal, replay, async () => {
        // An even seed runs everything on one thread, an odd one with a shard of its own.
        const report = await runProxied({ seed: own, workers: own % 2, signal });
        reports.push(report);
        return { problems: report.problems, counted: [] };
      });
      broken.push(...proof.broken);
      progress.done(round + 1);
    }
  } finally {
    progress.stop();
  }
  return {
    what: `${countOf(rounds, "round")} through the fault proxy, durability fsync`,
    counted: numbersOfProxied(reports),
    seeds: rounds === 1 ? `${seed}` : `${seed}–${seed + rounds - 1}`,
    tookMs: performance.now() - startMs,
    broken,
  };
}

function numbersOfProxied(reports: readonly ProxiedReport[]): string[] {
  const sum = (numberOf: (report: ProxiedReport) => number) =>
    reports.reduce((total, report) => total + numberOf(report), 0);
  return [
    ...numbersOfCrowd({
      messages: sum(({ messages }) => messages),
      acknowledged: sum(({ acknowledged }) => acknowledged),
      duplicates: sum(({ duplicates }) => duplicates),
      observed: sum(({ observed }) => observed),
      resets: sum(({ resets }) => resets),
    }),
    `${countOf(
      sum(({ faults }) => faults),
      "fault",
    )}, ${countOf(
      sum(({ cut }) => cut),
      "connection",
    )} lost in them`,
  ];
}

type CrowdNumbers = Pick<
  CrashReport,
  "messages" | "acknowledged" | "duplicates" | "observed" | "resets"
>;

function numbersOfCrowd(report: CrowdNumbers): string[] {
  const { messages, acknowledged, duplicates, observed, resets } = report;
  return [
    `${countOf(messages, "message")} in the final logs, ${countOf(acknowledged, "acknowledgement")}, of which ${countOf(duplicates, "duplicate")}`,
    `${countOf(observed, "event")} observed, ${countOf(resets, "reset")}`,
  ];
}

/** What can't go on is broken too: a server that doesn't come back, a message without an answer. */
async function proofOf(
  what: string,
  seeds: string,
  signal: AbortSignal,
  replay: string,
  run: () => Promise<{ problems: readonly string[]; counted: readonly string[] }>,
): Promise<Proof> {
  const startMs = performance.now();
  const end = (problems: readonly string[], counted: readonly string[]): Proof => {
    const broken = problems.map((description) => ({ description, replay }));
    return { what, counted, seeds, tookMs: performance.now() - startMs, broken };
  };
  try {
    const { problems, counted } = await run();
    return end(problems, counted);
  } catch (error) {
    if (signal.aborted) throw error;
    return end(
      [error instanceof Error ? error.message : String(error)],
      ["it did not get to its end"],
    );
  }
}
