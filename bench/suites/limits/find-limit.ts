// Finds the highest rate that still holds: doubles it until one doesn't, then halves what is left
// between the two, and has what it found confirmed. Pure but for the probes, one rate at a time.

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
