// Randomness that can be repeated: mulberry32, small and good enough to choose a test's moves with.
// Owns its state and the announcement of its seed; never for secrets.

/** A new seed, announced on standard error, so that even a run that hangs tells it. */
export function announceSeed(name: string): number {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] as number;
  process.stderr.write(`seed of "${name}": ${seed}\n`);
  return seed;
}

export class SeededRandom {
  readonly seed: number;
  #state: number;

  /** The same seed gives the same numbers in the same order. */
  constructor(seed: number) {
    this.seed = seed >>> 0;
    this.#state = this.seed;
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return Math.floor(this.fraction() * below);
  }

  /** A whole number in [from, to], both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError("there is nothing to pick from");
    return from[this.below(from.length)] as T;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  /** A generator of its own that takes nothing more from this one. */
  fork(): SeededRandom {
    return new SeededRandom(this.below(0x1_0000_0000));
  }

  /** A number in [0, 1). */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }
}
