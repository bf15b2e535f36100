// What the index holds of a message, and how FTS5 is asked for it: the two must agree.

import type { SearchTerm } from "../../search/query.ts";
import { wordsOf } from "../../search/words.ts";

/**
 * Who spoke stands in front of what was said, as one word that no text contains: `§` is no letter.
 * Nothing asks for a phrase with it, so words keep their neighbours.
 */
function senderWord(account: string): string {
  return `§${Buffer.from(account, "utf8").toString("hex")}`;
}

export function documentOf(account: string, text: string): string {
  return [senderWord(account), ...wordsOf(text)].join(" ");
}

/** FTS5's own words (AND, NEAR, …) and signs mean nothing in here: each word is quoted. */
export function matchExpression(terms: readonly SearchTerm[], from: string | null): string {
  const phrases = terms.map(({ words, isPrefix }) => {
    const phrase = words.map(quoted).join(" + ");
    return isPrefix ? `${phrase} *` : phrase;
  });
  if (from !== null) phrases.push(quoted(senderWord(from)));
  return phrases.map((phrase) => `(${phrase})`).join(" AND ");
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}
