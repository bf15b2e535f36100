// What a search looks for: terms that must all be found. Pure.

import { lastCharacter, pairsOf, type Run, runsOf, wordsOfRun } from "./words.ts";

/** Words that stand side by side in this order; of the last one only the beginning, if `isPrefix`. */
export interface SearchTerm {
  readonly words: readonly string[];
  readonly isPrefix: boolean;
}

export type ParsedQuery =
  | { readonly ok: true; readonly terms: readonly SearchTerm[] }
  | { readonly ok: false; readonly problem: string };

/** Terms of one query: each is a walk through the index. */
export const termsMax = 16;
/** Words of one query, over all terms: so is each of them. */
export const wordsMax = 128;
/** UTF-16 units of a query once its compatibility forms are taken apart: `ﷺ` alone becomes eighteen. */
export const foldedUnitsMax = 512;
/** A beginning that is shorter is that of too many words. */
export const prefixCharsMin = 3;

/** `"a phrase"` in straight or typographic quotes, or what stands between spaces. */
const pieces = /["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)/gu;

export function parseQuery(query: string): ParsedQuery {
  if (query.normalize("NFKC").length > foldedUnitsMax)
    return { ok: false, problem: "it is too long" };
  const terms: SearchTerm[] = [];
  for (const [, phrase, word = ""] of query.matchAll(pieces)) {
    const runs = runsOf(phrase ?? word);
    const isPrefix = phrase === undefined && word.endsWith("*");
    const last = runs.at(-1);
    if (isPrefix && last?.kind === "word" && [...last.text].length < prefixCharsMin) {
      return { ok: false, problem: `give ${prefixCharsMin} letters or more before *` };
    }
    const parts = phrase === undefined ? apart(runs) : [runs];
    for (const [index, part] of parts.entries()) {
      if (part.length > 0) terms.push(termOf(part, isPrefix && index === parts.length - 1));
    }
  }
  const words = terms.reduce((sum, term) => sum + term.words.length, 0);
  if (terms.length === 0) return { ok: false, problem: "it has no letter, digit or emoji" };
  if (terms.length > termsMax) return { ok: false, problem: `it has more than ${termsMax} words` };
  if (words > wordsMax) return { ok: false, problem: "it is too long" };
  return { ok: true, terms };
}

/**
 * Outside quotes a dense run is looked for by itself: to `API서버` belongs a text that says `서버의
 * API`. Words without a space between them (`e-mail`) stay together.
 */
function apart(runs: readonly Run[]): Run[][] {
  const parts: Run[][] = [];
  let open: Run[] | null = null;
  for (const run of runs) {
    if (run.kind === "dense") {
      parts.push([run]);
      open = null;
    } else if (open === null) {
      open = [run];
      parts.push(open);
    } else open.push(run);
  }
  return parts;
}

/**
 * The words of the runs as a text that goes on behind them would have them: of the last dense run
 * its pairs alone, and if it is one character, the beginning of a pair.
 */
function termOf(runs: readonly Run[], isPrefix: boolean): SearchTerm {
  const last = runs.at(-1);
  if (last?.kind !== "dense") return { words: runs.flatMap(wordsOfRun), isPrefix };
  const before = runs.slice(0, -1).flatMap(wordsOfRun);
  const pairs = pairsOf(last.text);
  if (pairs.length > 0) return { words: [...before, ...pairs], isPrefix: false };
  return { words: [...before, lastCharacter(last.text)], isPrefix: true };
}
