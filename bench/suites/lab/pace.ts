// How long the lab will still take: what its parts are said to take, corrected by what those before
// them really took. Pure.

export interface Done {
  /** What it was said to take, and what it took. */
  readonly said: number;
  readonly took: number;
}

export function secondsLeft(done: readonly Done[], saidLeft: number): number {
  const said = done.reduce((sum, each) => sum + each.said, 0);
  const took = done.reduce((sum, each) => sum + each.took, 0);
  return said === 0 ? saidLeft : saidLeft * (took / said);
}
