// "Did you mean …?": the known name that is nearest to one that is not known. Pure.

import { distance } from "fastest-levenshtein";

/** Characters that may differ, of names from so many characters on: of a short one few, or much would be near. */
const slipsFrom = [
  { length: 9, slips: 3 },
  { length: 6, slips: 2 },
  { length: 2, slips: 1 },
] as const;
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
    const isNear = far <= slipsIn(wanted, each) || isRelated(wanted, each.toLowerCase());
    if (isNear && far < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { name: each, distance: far };
  }
  return best?.name ?? null;
}

function slipsIn(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  return slipsFrom.find(({ length }) => shorter >= length)?.slips ?? 0;
}

/** Two letters are exchanged; or three letters or more of it are typed, and the rest is not. */
function isRelated(typed: string, name: string): boolean {
  if (typed.length >= 3 && name.startsWith(typed)) return true;
  const at = [...name].findIndex((letter, index) => letter !== typed[index]);
  if (at < 0 || typed.length !== name.length) return false;
  const exchanged = `${name.slice(0, at)}${name[at + 1] ?? ""}${name[at]}${name.slice(at + 2)}`;
  return typed === exchanged;
}
