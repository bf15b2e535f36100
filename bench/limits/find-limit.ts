// Finds the highest rate that still holds: doubles it until one doesn't, then halves what is left
// between the two. Pure but for the probe, which is asked one rate at a time.

export interface Probe {
  readonly rate: number;
  readonly holds: boolean;
}

export interface Limit<P extends Probe> {
  /** Null when even the first rate did not hold. */
  readonly last: P | null;
  /** The lowest that did not; null when every rate up to `rateMax` held. */
  readonly broken: P | null;
}

export interface Search {
  readonly from: number;
  readonly rateMax: number;
  /** Halvings after the doublings: 3 leave an eighth of uncertainty. */
  readonly halvings: number;
}

export async function findLimit<P extends Probe>(
  search: Search,
  probe: (rate: number) => Promise<P>,
): Promise<Limit<P>> {
  let last: P | null = null;
  let broken: P | null = null;
  for (let rate = search.from; broken === null && rate <= search.rateMax; rate *= 2) {
    const result = await probe(rate);
    if (result.holds) last = result;
    else broken = result;
  }
  for (let halving = 0; halving < search.halvings && last !== null && broken !== null; halving++) {
    const result: P = await probe(Math.round((last.rate + broken.rate) / 2));
    if (result.holds) last = result;
    else broken = result;
  }
  return { last, broken };
}
