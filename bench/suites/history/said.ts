// What is said in the room, by seq: any message can be told without those before it, so that an
// answer of the server can be held to what the room must hold. Pure.

import { SeededRandom } from "@maru/testkit";
import { english, korean, type Vocabulary } from "./vocabulary.ts";

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
