// What to say where a search has found nothing: where it looked, and how it would find more. Pure.

/** A word of letters and digits; of what is written without spaces, every part is found as it is. */
const spacedWord = /^[\p{L}\p{N}]+$/u;
const unspaced = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** A star or a phrase is no slip: who writes one knows them. */
const isKnowing = /[*"]/;

const withStar = (word: string): string =>
  spacedWord.test(word) && !unspaced.test(word) ? `${word}*` : word;

/** The most helpful first. `isEverywhere`: not in one room alone. */
export function searchHints(query: string, isEverywhere: boolean): string[] {
  const words = query.trim().split(/\s+/);
  const starred = words.map(withStar).join(" ");
  const knows = isKnowing.test(query);
  return [
    ...(knows || starred === words.join(" ") ? [] : [`${starred} finds words that begin so`]),
    ...(knows || words.length === 1 ? [] : ["a message must hold all of the words"]),
    ...(isEverywhere ? [] : ["/search -a looks in all your rooms and conversations"]),
  ];
}
