// "Did you mean …?": the known name that is nearest to one that is not known. Pure.

import { distance } from "fastest-levenshtein";

/** Characters that may differ, of a long name; of a short one fewer, or everything would be near. */
const distanceMax = 3;
/** A longer name is no slip of the keys, and costs as its square. */
const charactersMax = 64;

/** Behind a sentence that names what is not known; empty where nothing is near. */
export function didYouMean(name: string, known: readonly string[], prefix = ""): string {
  const found = nearest(name, known);
  return found === null ? "" : `; did you mean ${prefix}${found}?`;
}

/** Upper and lower case count as equal; null: nothing is near enough. */
export function nearest(name: string, known: readonly string[]): string | null {
  if (name === "" || name.length > charactersMax) return null;
  const wanted = name.toLowerCase();
  let best: { name: string; distance: number } | null = null;
  for (const each of known) {
    const far = distance(wanted, each.toLowerCase());
    const most = Math.min(distanceMax, Math.floor(Math.max(wanted.length, each.length) / 2));
    const isNear = far <= most || isBeginning(wanted, each.toLowerCase());
    if (isNear && far < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { name: each, distance: far };
  }
  return best?.name ?? null;
}

/** Three letters or more of it are typed, and the rest is not. */
const isBeginning = (typed: string, name: string): boolean =>
  typed.length >= 3 && name.startsWith(typed);
