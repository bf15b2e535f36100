// Asks the index for candidates, newest first. Lives for one search. No question to FTS5 takes longer
// than a few milliseconds, whatever the words: one word's messages come one after the other, several
// words are looked for in a block of a room at a time.

import type { Database } from "bun:sqlite";
import type { SearchRequest } from "../../room-log.ts";
import type { SearchWork } from "../../search/search-work.ts";
import { entryId, roomOf, seqOf } from "../schema.ts";
import {
  blockOf,
  blockSeqs,
  isOneWord,
  matchExpression,
  singleWords,
  withinBlock,
} from "./match-expression.ts";

/** With more rooms than these the index is first asked about all of them at once. */
const roomsAlone = 4;
/** Candidates of that question for each word, strangers' among them: first few, then more; 0.5 µs each. */
const candidatesMax = [500, 8_000];
/** Words that it asks for, one after the other, until one has fewer. */
const wordsTried = 3;
/** Ids of the first question about a room, and of a later one: few are enough where many rooms are asked. */
const idsFirst = 32;
const idsMax = 256;
/**
 * What a question takes can't be estimated: 0.1 ms, 0.5 ms in many rooms, 4 ms for common words that
 * never meet. These are free, so that the pages of small searches are always the same; of those that
 * follow the thread's own time is spent, as it was.
 */
const questionsFree = 4;

/** A part of a room that has been asked for. */
export interface Batch {
  /** Newest first. */
  readonly seqs: readonly number[];
  /** All candidates from this seq on have come. */
  readonly low: number;
}

export class IndexWalk {
  readonly #index: Database;
  readonly #expression: string;
  readonly #isOneWord: boolean;
  readonly #words: readonly string[];
  /** By room, newest first; null where there are too many, or before the first question. */
  #candidates: Map<number, number[]> | null = null;
  #questions = 0;

  constructor(index: Database, { terms, from }: SearchRequest) {
    this.#index = index;
    this.#expression = matchExpression(terms, from);
    this.#isOneWord = isOneWord(terms, from);
    this.#words = singleWords(terms, from).slice(0, wordsTried);
  }

  /** Asks for all rooms at once, which is right for rare words; common ones are left to the walks. */
  gather(rooms: readonly number[], work: SearchWork): void {
    if (rooms.length <= roomsAlone) return;
    const lowest = rooms.reduce((one, other) => Math.min(one, other));
    const highest = rooms.reduce((one, other) => Math.max(one, other));
    const [low, high] = [entryId(lowest, 0), entryId(highest + 1, 0) - 1];
    const asks = candidatesMax.flatMap((max) => this.#words.map((word) => ({ word, max })));
    for (const { word, max } of asks) {
      const ids = this.#ask(word, low, high, max, work);
      if (ids.length === max) continue;
      const candidates = new Map<number, number[]>(rooms.map((room) => [room, []]));
      for (const id of ids) candidates.get(roomOf(id))?.push(seqOf(id));
      this.#candidates = candidates;
      return;
    }
  }

  /** Candidates among these seqs (inclusive), newest first, in batches down to `low`. */
  *walk(room: number, low: number, high: number, work: SearchWork): Generator<Batch> {
    if (low > high) return;
    const gathered = this.#candidates?.get(room);
    if (gathered !== undefined) {
      yield { seqs: gathered.filter((seq) => low <= seq && seq <= high), low };
      return;
    }
    let max = idsFirst;
    for (let top = high; top >= low; ) {
      const bottom = this.#isOneWord ? low : Math.max(low, blockOf(top) * blockSeqs);
      const expression = this.#isOneWord
        ? this.#expression
        : withinBlock(this.#expression, room, blockOf(top));
      const [from, to] = [entryId(room, bottom), entryId(room, top)];
      const seqs = this.#ask(expression, from, to, max, work).map(seqOf);
      const last = seqs.at(-1);
      const reached = last === undefined || seqs.length < max ? bottom : last;
      yield { seqs, low: reached };
      top = reached - 1;
      max = Math.min(idsMax, max * 2);
    }
  }

  #ask(expression: string, low: number, high: number, max: number, work: SearchWork): number[] {
    const sql =
      "SELECT rowid FROM doc WHERE doc MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?";
    const select = this.#index.query<unknown, [string, number, number, number]>(sql);
    const began = process.threadCpuUsage();
    const ids = select.values(expression, low, high, max).map(([id]) => Number(id));
    this.#questions += 1;
    const { user, system } = process.threadCpuUsage(began);
    if (this.#questions > questionsFree) work.spend(user + system);
    return ids;
  }
}
