// What must not happen while the client is measured: figures of a run in which it did are kept, but
// stand for nothing. Pure.

/** How often, by what; all of them 0 in a sound run. */
export type Faults = Readonly<Record<string, number>>;

export interface Faulty {
  readonly faults: Faults;
}

/** `2 lost keys, 1 cut`, or nothing. */
export function faultWords({ faults }: Faulty): string {
  const found = Object.entries(faults).filter(([, count]) => count !== 0);
  return found.map(([what, count]) => `${what}: ${count}`).join(", ");
}

export const isSound = (measured: Faulty): boolean => faultWords(measured) === "";

export function addFaults(...all: readonly Faults[]): Faults {
  const sum: Record<string, number> = {};
  for (const faults of all) {
    for (const [what, count] of Object.entries(faults)) sum[what] = (sum[what] ?? 0) + count;
  }
  return sum;
}

/** Throws with what went wrong in the first that is not sound. */
export function requireSound(measured: readonly (Faulty & { readonly what: string })[]): void {
  const bad = measured.find((each) => !isSound(each));
  if (bad !== undefined) throw new Error(`${bad.what}: ${faultWords(bad)}`);
}
