// Randomness that can be repeated, for the tests of this package.
// Owns the choice of a seed and its announcement; fast-check prints the seeds of its own failures.

/** A number in [0, below), the same ones in the same order for one seed. */
export type Random = (below: number) => number;

/**
 * Runs a long random test under a fresh seed, which is printed first, so that even a run that hangs
 * or dies tells it. To repeat a failure, pass the printed seed as `replay` for the time being.
 */
export function underSeed(name: string, test: (random: Random) => void, replay?: number): void {
  const seed = replay ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  process.stderr.write(`seed of "${name}": ${seed}\n`);
  test(randomFrom(seed));
}

/** mulberry32: small, fast, good enough to pick bytes with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
