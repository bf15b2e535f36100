// What many numbers come to: the middle, the range, the tail. Pure; keeps none of them.

export type Spread = readonly [lowest: number, highest: number];

/** The mean of the two in the middle where there are two; NaN without any. One disturbed round cannot move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

export const spreadOf = (values: readonly number[]): Spread => [
  Math.min(...values),
  Math.max(...values),
];

export const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

export interface Latencies {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** By nearest rank: each figure is one of the timings. NaN without any. */
export function latenciesOf(timingsMs: readonly number[]): Latencies {
  const sorted = timingsMs.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
