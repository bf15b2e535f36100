// Whether a text holds every term of a query: search where there is no index, and the last word on
// what an index has found. Pure.

import type { SearchTerm } from "./query.ts";
import type { SearchWork } from "./search-work.ts";
import { wordsOf } from "./words.ts";

const plain = /^[\0-\x7f]*$/;
/** Of a text in ASCII that is only looked through, a UTF-16 unit; microseconds. */
const lookedThroughUs = 0.01;

/** What it takes is spent from `work`. */
export function matches(
  text: string,
  terms: readonly SearchTerm[],
  work: SearchWork | null = null,
): boolean {
  if (plain.test(text)) {
    work?.spend(text.length * lookedThroughUs);
    if (!mayMatch(text.toLowerCase(), terms)) return false;
  }
  work?.spendText(text);
  const words = wordsOf(text);
  return terms.every((term) => words.some((_, start) => standsAt(words, start, term)));
}

/** Of a text in ASCII every word stands in it as it is: most texts need not be cut into words. */
function mayMatch(text: string, terms: readonly SearchTerm[]): boolean {
  return terms.every(({ words }) => words.every((word) => text.includes(word)));
}

function standsAt(words: readonly string[], start: number, term: SearchTerm): boolean {
  const last = term.words.length - 1;
  return term.words.every((wanted, index) => {
    const word = words[start + index];
    if (word === undefined) return false;
    return index === last && term.isPrefix ? word.startsWith(wanted) : word === wanted;
  });
}
