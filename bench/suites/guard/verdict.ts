// From pairs of noisy measurements of one figure to a word: faster, slower, same, or that these pairs
// can't tell. Pure; the chance in it comes from a seed. Looks at logarithms of ratios, so that twice
// and half are equally far.

import { SeededRandom } from "@maru/testkit";

export interface Pair {
  readonly before: number;
  readonly now: number;
}

export type Word = "faster" | "same" | "slower" | "can't tell";

export interface Verdict {
  readonly word: Word;
  /** The figure now as a multiple of before, and within which bounds. */
  readonly ratio: number;
  readonly bounds: Interval;
  readonly p: number;
  readonly pairs: number;
}

export interface Question {
  /** Whether more of the figure is better. */
  readonly isMoreBetter: boolean;
  /** The chance of a wrong "faster" or "slower" that is put up with, for this figure alone. */
  readonly alpha: number;
  readonly seed: number;
}

/** A change within 3 % is none that has to be looked at. */
const sameLog = Math.log(1.03);
/** An interval that reaches beyond ±10 % may hide a change that matters, even with 0 in it. */
const farLog = Math.log(1.1);

export function judgePairs(pairs: readonly Pair[], question: Question): Verdict {
  const logs = pairs.map(({ before, now }) => Math.log(now / before)).filter(Number.isFinite);
  const log = intervalOf(logs, question.alpha);
  const p = signFlipP(logs, question.seed);
  return {
    word: wordOf(log, p, question),
    ratio: Math.exp(centreOf(logs)),
    bounds: { low: Math.exp(log.low), high: Math.exp(log.high) },
    p,
    pairs: logs.length,
  };
}

function wordOf({ low, high }: Interval, p: number, { isMoreBetter, alpha }: Question): Word {
  if (low >= -sameLog && high <= sameLog) return "same";
  if (low <= 0 && high >= 0) return low >= -farLog && high <= farLog ? "same" : "can't tell";
  if (p > alpha) return "can't tell";
  return low > 0 === isMoreBetter ? "faster" : "slower";
}

export interface Interval {
  /** −∞ and ∞ where there are too few pairs for this confidence. */
  readonly low: number;
  readonly high: number;
}

/** The median of the means of all pairs of values, each with itself too: Hodges and Lehmann's. */
export function centreOf(values: readonly number[]): number {
  const means = walshMeans(values);
  const upper = means[Math.floor(means.length / 2)] ?? Number.NaN;
  const lower = means[Math.floor((means.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

/**
 * The exact interval around `centreOf` that misses the true centre with a chance of at most `alpha`,
 * whatever the noise is, as long as it lies alike on both sides: Wilcoxon's signed ranks inverted.
 */
export function intervalOf(values: readonly number[], alpha: number): Interval {
  const means = walshMeans(values);
  const chances = signedRankChances(values.length);
  let below = 0;
  let cut = 0;
  while (cut < chances.length) {
    below += chances[cut] ?? 0;
    if (below > alpha / 2) break;
    cut += 1;
  }
  if (cut === 0) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return {
    low: means[cut - 1] ?? Number.NEGATIVE_INFINITY,
    high: means[means.length - cut] ?? Number.POSITIVE_INFINITY,
  };
}

function walshMeans(values: readonly number[]): number[] {
  return values
    .flatMap((one, index) => values.slice(index).map((other) => (one + other) / 2))
    .sort((a, b) => a - b);
}

/** By sum of ranks: how likely it is when each of 1 … count is added with a chance of one half. */
function signedRankChances(count: number): number[] {
  let chances = [1];
  for (let rank = 1; rank <= count; rank++) {
    const longer = Array.from({ length: chances.length + rank }, () => 0);
    for (const [sum, chance] of chances.entries()) {
      longer[sum] = (longer[sum] ?? 0) + chance / 2;
      longer[sum + rank] = (longer[sum + rank] ?? 0) + chance / 2;
    }
    chances = longer;
  }
  return chances;
}

/** All sign patterns are tried up to this many values, 2^14; beyond, as many by chance. */
const exactMax = 14;
const flips = 2 ** exactMax;

/**
 * How likely a mean as far from 0 as this one would be, did every value have either sign with the
 * same chance: what holds when nothing has changed and the order within pairs alternates.
 */
export function signFlipP(values: readonly number[], seed: number): number {
  if (values.length === 0) return 1;
  const random = new SeededRandom(seed);
  const isExact = values.length <= exactMax;
  const rounds = isExact ? 2 ** values.length : flips;
  // A hair less, or rounding would tell the very same pattern from itself.
  const far = Math.abs(values.reduce((sum, value) => sum + value, 0)) * (1 - 1e-12);
  let asFar = 0;
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (const [index, value] of values.entries()) {
      const isFlipped = isExact ? (round >> index) % 2 === 1 : random.chance(0.5);
      sum += isFlipped ? -value : value;
    }
    if (Math.abs(sum) >= far) asFar += 1;
  }
  return isExact ? asFar / rounds : (asFar + 1) / (rounds + 1);
}
