// Whether a text holds every term of a query: search where there is no index, and the last word on
// what an index has found. Pure.

import type { SearchTerm } from "./query.ts";
import { wordsOf } from "./words.ts";

export function matches(text: string, terms: readonly SearchTerm[]): boolean {
  const words = wordsOf(text);
  return terms.every((term) => words.some((_, start) => standsAt(words, start, term)));
}

function standsAt(words: readonly string[], start: number, term: SearchTerm): boolean {
  const last = term.words.length - 1;
  return term.words.every((wanted, index) => {
    const word = words[start + index];
    if (word === undefined) return false;
    return index === last && term.isPrefix ? word.startsWith(wanted) : word === wanted;
  });
}
