// What the index holds of a message, and how FTS5 is asked for it: the two must agree.

import type { SearchTerm } from "../../search/query.ts";
import { wordsOf } from "../../search/words.ts";
import { roomOf, seqOf } from "../schema.ts";
import { indexedPrefixes } from "./index-file.ts";

/**
 * Seqs of a room that share a word of their own. Words that must all be there are looked for in one
 * such block at a time: FTS5 goes through the words' messages until all of them meet, in a million
 * messages for 25 to 130 ms where they never do; the block's own word ends that after 1 to 4 ms.
 */
export const blockSeqs = 8_192;

/**
 * Who spoke stands in front of what was said, as one word that no text contains: `§` is no letter.
 * Nothing asks for a phrase with it, so words keep their neighbours.
 */
function senderWord(account: string): string {
  return `§${Buffer.from(account, "utf8").toString("hex")}`;
}

/** `z` is no digit of a sender. */
function blockWord(room: number, block: number): string {
  return `§z${room.toString(16)}z${block.toString(16)}`;
}

export const blockOf = (seq: number): number => Math.floor(seq / blockSeqs);

export function documentOf(id: number, account: string, text: string): string {
  const block = blockWord(roomOf(id), blockOf(seqOf(id)));
  return [block, senderWord(account), ...wordsOf(text)].join(" ");
}

/**
 * FTS5's own words (AND, NEAR, …) and signs mean nothing in here: each word is quoted. What is found is
 * not more than a candidate: of a beginning, only as much is asked for as has an index of its own.
 */
export function matchExpression(terms: readonly SearchTerm[], from: string | null): string {
  const phrases = terms.map(phraseOf);
  if (from !== null) phrases.push(quoted(senderWord(from)));
  return phrases.map((phrase) => `(${phrase})`).join(" AND ");
}

export function withinBlock(expression: string, room: number, block: number): string {
  return `${expression} AND (${quoted(blockWord(room, block))})`;
}

/** Whether FTS5 finds the expression's messages one after the other, without looking for more. */
export function isOneWord(terms: readonly SearchTerm[], from: string | null): boolean {
  const words = terms.reduce((sum, term) => sum + term.words.length, 0);
  return words + (from === null ? 0 : 1) === 1;
}

/** The words of a search, each as an expression; those that may be rare first. */
export function singleWords(terms: readonly SearchTerm[], from: string | null): string[] {
  const words = terms.flatMap((term) =>
    term.words.map((word, index) => {
      const isPrefix = term.isPrefix && index === term.words.length - 1;
      return { chars: isPrefix ? 0 : word.length, phrase: phraseOf({ words: [word], isPrefix }) };
    }),
  );
  words.sort((one, other) => other.chars - one.chars);
  const sender = from === null ? [] : [quoted(senderWord(from))];
  return [...new Set([...sender, ...words.map(({ phrase }) => phrase)])];
}

function phraseOf({ words, isPrefix }: SearchTerm): string {
  if (!isPrefix) return words.map(quoted).join(" + ");
  const last = [...(words.at(-1) ?? "")];
  const chars = Math.max(...indexedPrefixes.filter((count) => count <= last.length));
  const beginning = quoted(last.slice(0, chars).join(""));
  return `${[...words.slice(0, -1).map(quoted), beginning].join(" + ")} *`;
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}
