// Variables of the environment that look like settings and are none, each with the name that is near.

import { didYouMean } from "./did-you-mean.ts";

export interface UnknownVariable {
  readonly name: string;
  /** "; did you mean …?", or empty. */
  readonly hint: string;
}

/**
 * `own` are advised; `others` are known, and those of another program: never advised. All with
 * `prefix`, which counts for nothing in how near a name is.
 */
export function unknownVariables(
  env: Readonly<Record<string, string | undefined>>,
  known: {
    readonly prefix: string;
    readonly own: readonly string[];
    readonly others?: readonly string[];
  },
): UnknownVariable[] {
  const { prefix, own, others = [] } = known;
  const all = new Set([...own, ...others]);
  const bare = (name: string) => name.slice(prefix.length);
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && !all.has(name))
    .map((name) => ({ name, hint: didYouMean(bare(name), own.map(bare), prefix) }));
}
