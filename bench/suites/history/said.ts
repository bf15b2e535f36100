// What is said in the room, by seq: any message can be told without those before it, so that an
// answer of the server can be held to what the room must hold. The words are made up from a seed, of
// two languages, each word as much rarer than the first as its rank says (Zipf's law). Pure.

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

/** Its words are made when they are asked for: most benchmarks never do. */
function createVocabulary(
  seed: number,
  syllablesMax: number,
  syllable: (random: SeededRandom) => string,
): Vocabulary {
  let made: readonly string[] | undefined;
  const make = (): string[] => {
    const random = new SeededRandom(seed);
    const words = new Set<string>();
    while (words.size < wordsPerLanguage) {
      // A word of one syllable or letter is found as what longer ones begin with.
      const length = Math.max(2, 1 + random.below(syllablesMax));
      words.add(Array.from({ length }, () => syllable(random)).join(""));
    }
    return [...words];
  };
  const zipf = new Zipf(wordsPerLanguage, 1);
  return {
    get words() {
      made ??= make();
      return made;
    },
    drawRank: (random) => zipf.at(random.fraction()),
  };
}

export const roomName = "million";
export const senders = ["mina", "jisoo", "hana", "alice", "bob", "carol", "민수", "지우"] as const;

export interface Said {
  readonly from: string;
  readonly text: string;
  /** As they stand in the text, but for what Korean puts behind a word. */
  readonly words: readonly SaidWord[];
}

export interface SaidWord {
  readonly word: string;
  readonly language: "english" | "korean";
  /** 0: nothing is said more often. */
  readonly rank: number;
}

const particles = ["은", "는", "이", "가", "을", "를", "에", "에서", "도", "까지", "으로", "하고"];
const wordsMin = 3;
const wordsMore = 12;
const languages = { english, korean } satisfies Record<string, Vocabulary>;
/** 2025-01-01: a message every five seconds since. */
const beganAt = 1_735_689_600_000;
const everyMs = 5_000;

/** When the message of this seq was said, in milliseconds since 1970. */
export function saidAt(seq: number): number {
  return beganAt + seq * everyMs;
}

/** The message of this seq, from 1. */
export function saidOf(seq: number): Said {
  const random = new SeededRandom(Math.imul(seq, 0x9e3779b1));
  const from = random.pick(senders);
  const koreanShare = random.pick([0, 0, 0, 0, 0.5, 1, 1, 1, 1]);
  const count = wordsMin + random.below(wordsMore);
  const words: SaidWord[] = [];
  const written: string[] = [];
  for (let place = 0; place < count; place++) {
    const language = random.fraction() < koreanShare ? "korean" : "english";
    const rank = languages[language].drawRank(random);
    const word = languages[language].words[rank] as string;
    words.push({ word, language, rank });
    const hasParticle = language === "korean" && random.fraction() < 0.5;
    written.push(hasParticle ? word + random.pick(particles) : word);
  }
  return { from, text: written.join(" "), words };
}
