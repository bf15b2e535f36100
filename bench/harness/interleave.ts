// The order in which candidates are measured: all of them in each round, each round from another
// start, so that neither a slow minute nor the place in the line falls on one of them alone.

/** The candidates of round `round` (from 0), rotated by as many places. */
export function interleave<T>(candidates: readonly T[], round: number): readonly T[] {
  const start = candidates.length === 0 ? 0 : round % candidates.length;
  return [...candidates.slice(start), ...candidates.slice(0, start)];
}
