// From pairs of one figure to a word: faster, slower, same, or that these pairs can't tell. Pure.

import { centreOf, type Interval, intervalOf, signFlipP } from "./statistics.ts";

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
