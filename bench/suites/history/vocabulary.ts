// The words that the room's people use: made up from a seed, of two languages, each word as much
// rarer than the first as its rank says (Zipf's law). Pure.

import { SeededRandom } from "@maru/testkit";

export interface Vocabulary {
  /** From the most frequent to the rarest; no word twice. */
  readonly words: readonly string[];
  /** The place in `words` of the next word. */
  drawRank(random: SeededRandom): number;
}

/** Words of each language. */
export const wordsPerLanguage = 20_000;

const list = (text: string): string[] => text.split(" ");
const onsets = list("b br c ch d dr f fl g gr h j k l m n p pl qu r s sh sl st t th tr v w y z");
const vowels = list("a e i o u ai ea ee oo ou");
const codas = list("b ck d f g l ll m n nd ng nt p r rd rt s ss st t th x");
const hangulFirst = 0xac00;
const hangulOnsets = 19;
const hangulVowels = 21;
const hangulCodas = 28;

const latinSyllable = (random: SeededRandom): string =>
  random.pick(onsets) + random.pick(vowels) + (random.fraction() < 0.5 ? random.pick(codas) : "");

/** Half of them end in a vowel, as in what people write. */
function hangulSyllable(random: SeededRandom): string {
  const open = random.below(hangulOnsets * hangulVowels) * hangulCodas;
  const coda = random.fraction() < 0.5 ? 0 : random.below(hangulCodas);
  return String.fromCharCode(hangulFirst + open + coda);
}

export const english = createVocabulary(1, 3, latinSyllable);
export const korean = createVocabulary(2, 4, hangulSyllable);

function createVocabulary(
  seed: number,
  syllablesMax: number,
  syllable: (random: SeededRandom) => string,
): Vocabulary {
  const random = new SeededRandom(seed);
  const words = new Set<string>();
  while (words.size < wordsPerLanguage) {
    const syllables = 1 + random.below(syllablesMax);
    // A word of one syllable or letter is found as what longer ones begin with.
    const word = Array.from({ length: Math.max(2, syllables) }, () => syllable(random)).join("");
    words.add(word);
  }
  const sums = new Float64Array(wordsPerLanguage);
  let sum = 0;
  for (let rank = 0; rank < wordsPerLanguage; rank++) {
    sum += 1 / (rank + 1);
    sums[rank] = sum;
  }
  return { words: [...words], drawRank: (random) => placeOf(sums, random.fraction() * sum) };
}

/** The first place whose sum is above the value. */
function placeOf(sums: Float64Array, value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
