// What is asked of the room, and what must be true of the answer: pages at random places, and the
// kinds of searches. An answer that is wrong throws, since its time would mean nothing.

import type { SeededRandom } from "@maru/testkit";
import { type Latencies, latenciesOf } from "../../harness/statistics.ts";
import type { Message, WireClient } from "../../harness/wire-client.ts";
import { english, korean, roomName, type SaidWord, saidOf, wordsPerLanguage } from "./said.ts";

/** A question, and what is held against its answer. */
export interface Ask {
  readonly command: Message;
  check(entries: readonly Entry[]): void;
}

export interface Entry {
  readonly seq: number;
  readonly from: string;
  readonly text: string;
}

export type Random = SeededRandom;

export const pageEntries = 50;
export const searchEntries = 20;
/** The most frequent words, of which each is in many thousand messages. */
const commonRanks = 20;
/** From here on a word is in a few dozen of a million messages. */
const rareRank = wordsPerLanguage / 2;

/** One of the three ways to page, at a place that has enough on both sides. */
export function pageAnywhere(entries: number, random: Random): Ask {
  const half = Math.floor(pageEntries / 2);
  const seq = pageEntries + 1 + random.below(entries - 3 * pageEntries);
  const ranges = [
    { range: { before: seq }, first: seq - pageEntries },
    { range: { after: seq }, first: seq + 1 },
    { range: { around: seq }, first: seq - half },
  ];
  const { range, first } = ranges[random.below(ranges.length)] as (typeof ranges)[number];
  return pageFrom(range, first, "around" in range ? half : 0);
}

/** What a client that opens the room asks for. */
export function newestPage(entries: number): Ask {
  return pageFrom({}, entries - pageEntries + 1, 0);
}

/** `slack`: how many places the page may begin earlier or later, where the protocol leaves it open. */
function pageFrom(range: Readonly<Record<string, number>>, first: number, slack: number): Ask {
  return {
    command: { type: "history", room: roomName, limit: pageEntries, ...range },
    check(page) {
      const [oldest] = page;
      if (page.length !== pageEntries || oldest === undefined)
        wrong(range, `${page.length} entries`);
      if (Math.abs(oldest.seq - first) > slack) wrong(range, `it begins at ${oldest.seq}`);
      if (page.at(-1)?.seq !== oldest.seq + pageEntries - 1) wrong(range, "it has holes");
      if (oldest.text !== saidOf(oldest.seq).text) wrong(range, `another text at ${oldest.seq}`);
    },
  };
}

/** The kinds of searches, by what people would call them. */
export const searches: Readonly<Record<string, (entries: number, random: Random) => Ask>> = {
  "common, English": (_, random) => wordAsk(english.words[random.below(commonRanks)]),
  "common, Korean": (_, random) => wordAsk(korean.words[random.below(commonRanks)]),
  "rare, English": (entries, random) => wordAsk(saidWord("english", entries, random, rareRank)),
  "rare, Korean": (entries, random) => wordAsk(saidWord("korean", entries, random, rareRank)),
  "two words": (entries, random) => {
    const [one, , two] = anyWords(entries, random) as [SaidWord, SaidWord, SaidWord];
    return ask({ query: `${one.word} ${two.word}` }, includes(one.word), includes(two.word));
  },
  phrase: (entries, random) => {
    const seq = anySeq(entries, random);
    const [one, two] = saidOf(seq).text.split(" ");
    return ask({ query: `"${one} ${two}"` }, includes(`${one} ${two}`));
  },
  prefix: (entries, random) => {
    const begin = saidWord("english", entries, random).slice(0, 4);
    return ask({ query: `${begin}*` }, (text) =>
      text.split(" ").some((word) => word.startsWith(begin)),
    );
  },
  "one syllable": (entries, random) => {
    const [syllable = ""] = saidWord("korean", entries, random);
    return ask({ query: syllable }, includes(syllable));
  },
  "by a sender": (entries, random) => {
    const { from, words } = saidOf(anySeq(entries, random));
    return ask({ query: (words[0] as SaidWord).word, from }, (_, by) => by === from);
  },
};

type Holds = (text: string, from: string) => boolean;

const includes =
  (what: string): Holds =>
  (text) =>
    text.includes(what);
const wordAsk = (word = ""): Ask => ask({ query: word }, includes(word));
const anySeq = (entries: number, random: Random): number => 1 + random.below(entries);
const anyWords = (entries: number, random: Random) => saidOf(anySeq(entries, random)).words;

/**
 * A word that has been said, of this rank or a rarer one: of the vocabulary alone, a short room may
 * have heard none of it.
 */
function saidWord(
  language: SaidWord["language"],
  entries: number,
  random: Random,
  rankMin = 0,
): string {
  for (;;) {
    const found = anyWords(entries, random).find(
      (said) => said.language === language && said.rank >= rankMin,
    );
    if (found !== undefined) return found.word;
  }
}

function ask(query: { query: string; from?: string }, ...holds: Holds[]): Ask {
  return {
    command: { type: "search", room: roomName, limit: searchEntries, ...query },
    check(found) {
      if (found.length === 0) wrong(query, "nothing was found");
      for (const { text, from } of found) {
        if (!holds.every((hold) => hold(text, from))) wrong(query, `"${text}" was found`);
      }
    },
  };
}

function wrong(asked: object, why: string): never {
  throw new Error(`${JSON.stringify(asked)}: ${why}`);
}

/** Closed loop: with `inflight` questions under way until all have been asked. */
export async function measureAsks(
  client: WireClient,
  asks: readonly Ask[],
  inflight: number,
): Promise<Latencies> {
  const timingsMs: number[] = [];
  const left = asks.values();
  const one = async () => {
    for (const { command, check } of left) {
      const { reply, ms } = await client.ask(command);
      timingsMs.push(ms);
      check(reply.entries as readonly Entry[]);
    }
  };
  await Promise.all(Array.from({ length: inflight }, one));
  return latenciesOf(timingsMs);
}
