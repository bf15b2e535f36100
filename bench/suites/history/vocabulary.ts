// The words that the room's people use: made up from a seed, of two languages, each word as much
// rarer than the first as its rank says (Zipf's law). Pure.

import { SeededRandom } from "@maru/testkit";
import { Zipf } from "../zipf.ts";

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
  const zipf = new Zipf(wordsPerLanguage, 1);
  return { words: [...words], drawRank: (drawn) => zipf.at(drawn.fraction()) };
}
