// Chance that comes out the same every time, so that two runs measure the same work. Not for secrets.

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number in [0, below). */
export function wholeBelow(below: number, random: () => number): number {
  return Math.floor(random() * below);
}

/** One of the items, of which there must be some. */
export function pickOne<T>(items: readonly T[], random: () => number): T {
  return items[wholeBelow(items.length, random)] as T;
}
