// Finds the highest rate that still holds: doubles it until one doesn't, then halves what is left
// between the two, and has what it found confirmed. Also how one rate is tried: offered in the open
// loop, whether the server holds it, and what was full while it did.

import { measureLoad } from "../../load/measure-load.ts";
import type { Figures } from "../../load/measurement.ts";
import type { Scenario } from "../../load/scenario.ts";
import type { Candidate } from "../../servers/candidate.ts";

export interface Probe {
  readonly rate: number;
  readonly holds: boolean;
}

export interface Limit<P extends Probe> {
  /** As it was confirmed; null when no rate was. */
  readonly last: P | null;
  /** The lowest that did not, for a moment or for longer; null when every rate up to `rateMax` held. */
  readonly broken: P | null;
}

export interface Search {
  readonly from: number;
  readonly rateMax: number;
  /** Halvings after the doublings: 3 leave an eighth of uncertainty. */
  readonly halvings: number;
}

/** `confirm` looks longer than `probe`; where it says no, the rate below has its turn. */
export async function findLimit<P extends Probe>(
  search: Search,
  probe: (rate: number) => Promise<P>,
  confirm = probe,
): Promise<Limit<P>> {
  const { held, broken } = await searchLimit(search, probe);
  let lowest = broken;
  for (const rate of held.toReversed()) {
    const result = await confirm(rate);
    if (result.holds) return { last: result, broken: lowest };
    lowest = result;
  }
  return { last: null, broken: lowest };
}

/** The rates that held, from the lowest to the highest. */
async function searchLimit<P extends Probe>(
  search: Search,
  probe: (rate: number) => Promise<P>,
): Promise<{ readonly held: number[]; readonly broken: P | null }> {
  const held: number[] = [];
  let broken: P | null = null;
  for (let rate = search.from; broken === null && rate <= search.rateMax; rate *= 2) {
    const result = await probe(rate);
    if (result.holds) held.push(rate);
    else broken = result;
  }
  for (let halving = 0; halving < search.halvings && broken !== null; halving++) {
    const last = held.at(-1);
    if (last === undefined) break;
    const result: P = await probe(Math.round((last + broken.rate) / 2));
    if (result.holds) held.push(result.rate);
    else broken = result;
  }
  return { held, broken };
}

export interface RateProbe extends Probe {
  /** Why it did not hold; absent when it did. */
  readonly why?: string;
  /** Null when the run failed. */
  readonly figures: RateFigures | null;
}

export interface RateFigures {
  readonly deliveriesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of a core: the server's busiest thread, the whole server, the load generator. */
  readonly threadShare: number;
  readonly serverShare: number;
  readonly generatorShare: number;
  /** Of all cores. */
  readonly idleShare: number;
}

export type Shape = Pick<Scenario, "rooms" | "members" | "talkers">;

export interface RateRun {
  readonly candidate: Candidate;
  readonly shape: Shape;
  readonly seconds: number;
  /** Path of the load generator. */
  readonly load: string;
}

const p99MsMax = 100;
/** Of what was offered: less is falling behind, and not the edge of the window. */
const arrivedShareMin = 0.98;
const saidShareMin = 0.99;
const fullShare = 0.9;
/** Below it the cores are full, by this or by other programs. */
const idleShareMin = 0.1;

/** A rate that does not hold is tried twice: something else may have had the machine. */
export async function probeRate(run: RateRun, rate: number): Promise<RateProbe> {
  const first = await probeOnce(run, rate);
  return first.holds ? first : probeOnce(run, rate);
}

async function probeOnce({ candidate, shape, seconds, load }: RateRun, rate: number) {
  const scenario: Scenario = {
    ...shape,
    stalled: 0,
    textBytes: 64,
    pace: { messagesPerSecond: rate },
    warmupSeconds: 0.4,
    seconds,
    drainSeconds: 2,
    sampleEvery: 31,
  };
  const { outcome } = await measureLoad({ candidate, scenario, round: 0, load });
  if ("failure" in outcome) {
    return { rate, holds: false, why: outcome.failure.split("\n")[0] ?? "", figures: null };
  }
  return judgeRate(rate, shape.members, outcome.figures);
}

export function judgeRate(rate: number, members: number, figures: Figures): RateProbe {
  const why = reasonOf(rate, members, figures);
  const { deliveriesPerSecond, p50Ms, p99Ms, seconds } = figures;
  const shares = {
    threadShare: figures.busiestThreadCpuSeconds / seconds,
    serverShare: figures.serverCpuSeconds / seconds,
    generatorShare: figures.generatorCpuSeconds / seconds,
    idleShare: figures.idleShare,
  };
  const short = { deliveriesPerSecond, p50Ms, p99Ms, ...shares };
  return { rate, holds: why === undefined, ...(why === undefined ? {} : { why }), figures: short };
}

function reasonOf(rate: number, members: number, figures: Figures): string | undefined {
  if (figures.messagesPerSecond < rate * saidShareMin) return "the generator falls behind";
  if (figures.deliveriesPerSecond < rate * members * arrivedShareMin)
    return "deliveries fall behind";
  if (figures.disconnects + figures.closes > 0) return "members were cut";
  if (figures.missing + figures.errors > 0) return "deliveries are missing";
  if (figures.misordered + figures.extra + figures.malformed > 0) return "deliveries are wrong";
  return figures.p99Ms > p99MsMax ? `p99 above ${p99MsMax} ms` : undefined;
}

/** What was full when it did not hold. */
export function whatGaveOut({ figures }: RateProbe): string {
  if (figures === null) return "–";
  const isServerFull = figures.threadShare >= fullShare;
  const isGeneratorFull = figures.generatorShare >= fullShare;
  if (isServerFull && isGeneratorFull) return "both, a core each";
  if (isServerFull) return "the server's thread";
  if (isGeneratorFull) return "the load generator";
  return figures.idleShare < idleShareMin ? "the cores: others had them too" : "neither: they wait";
}
