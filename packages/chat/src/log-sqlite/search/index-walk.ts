// Asks the index for candidates, newest first, and offers them to the list of hits until that is full
// of newer ones. Lives for one search.
//
// One room is one walk through the index, as long as the hits that are wanted. Many rooms are walked
// at once, together with strangers' rooms between them, which is right for rare words; for common
// ones it is given up, and the rooms are walked one by one, the one with the newest entry first: with
// common words the first few fill the list.

import type { Database } from "bun:sqlite";
import type { SearchRequest } from "../../room-log.ts";
import { entryId, roomOf } from "../schema.ts";
import type { HitList } from "./hit-list.ts";
import { indexedPrefixes } from "./index-file.ts";
import { matchExpression } from "./match-expression.ts";
import { type IdRange, type SearchedRoom, searchedRange } from "./searched-rooms.ts";

/** With more rooms than these the index is first asked about all of them at once. */
const roomsAlone = 4;
/** Candidates of that first walk, strangers' among them; 0.5 µs each. */
const candidatesMax = 20_000;
/** Walks in one search: of a million messages in 20,000 rooms, each takes 0.1 to 0.5 ms … */
const walksMax = 128;
/** … but up to 20 ms for a long beginning of a word, which FTS5 gathers anew each time. */
const prefixWalksMax = 4;
/** Candidates that are looked up in the main database; 10 µs each. */
const judgedMax = 4000;

export class IndexWalk {
  readonly #main: Database;
  readonly #index: Database;
  readonly #request: SearchRequest;
  readonly #hits: HitList;
  readonly #expression: string;
  #walksLeft: number;
  #judgedLeft = judgedMax;

  constructor(main: Database, index: Database, request: SearchRequest, hits: HitList) {
    this.#main = main;
    this.#index = index;
    this.#request = request;
    this.#hits = hits;
    this.#expression = matchExpression(request.terms, request.from);
    this.#walksLeft = request.terms.some(isCostly) ? prefixWalksMax : walksMax;
  }

  /** `rooms` in the order of their newest entries, newest first. False if a bound ended it. */
  through(rooms: readonly SearchedRoom[]): boolean {
    const candidates = rooms.length > roomsAlone ? this.#walkAll(rooms) : null;
    const { since } = this.#request;
    for (const room of rooms) {
      // What is true of the newest entry of this room is true of all rooms that follow.
      if (this.#hits.isPast(room.newestAt)) return true;
      if (since !== null && room.newestAt < since) return true;
      const ids = candidates?.get(room.id) ?? [];
      if (candidates !== null && ids.length === 0) continue;
      const range = searchedRange(this.#main, room, this.#request);
      const isDone =
        candidates === null
          ? this.#walkRoom(room, range)
          : this.#judge(ids.filter(isIn(range)), room) !== "spent";
      if (!isDone) return false;
    }
    return true;
  }

  /** The candidates of each room, newest first; null if there are too many. */
  #walkAll(rooms: readonly SearchedRoom[]): Map<number, number[]> | null {
    const candidates = new Map<number, number[]>(rooms.map(({ id }) => [id, []]));
    const ids = rooms.map(({ id }) => id);
    const range = { low: entryId(Math.min(...ids), 0), high: entryId(Math.max(...ids) + 1, 0) };
    const found = this.#walk(range, candidatesMax);
    if (found.length === candidatesMax) return null;
    for (const id of found) candidates.get(roomOf(id))?.push(id);
    return candidates;
  }

  #walkRoom(room: SearchedRoom, { low, high }: IdRange): boolean {
    const idsMax = this.#request.entriesMax + 1;
    for (let top = high; low <= top; ) {
      if (this.#walksLeft <= 0) return false;
      this.#walksLeft -= 1;
      const ids = this.#walk({ low, high: top }, idsMax);
      const verdict = this.#judge(ids, room);
      if (verdict !== "go on") return verdict === "past";
      const last = ids.at(-1);
      if (last === undefined || ids.length < idsMax) return true;
      top = last - 1;
    }
    return true;
  }

  /** Spent: there may be more, but not in this search. Past: all that follow are older. */
  #judge(ids: readonly number[], room: SearchedRoom): "go on" | "past" | "spent" {
    for (const id of ids) {
      if (this.#judgedLeft <= 0) return "spent";
      this.#judgedLeft -= 1;
      if (!this.#hits.offerId(id, room.name)) return "past";
    }
    return "go on";
  }

  #walk({ low, high }: IdRange, idsMax: number): number[] {
    const sql =
      "SELECT rowid FROM doc WHERE doc MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?";
    const select = this.#index.query<unknown, [string, number, number, number]>(sql);
    return select.values(this.#expression, low, high, idsMax).map(([id]) => Number(id));
  }
}

function isIn({ low, high }: IdRange): (id: number) => boolean {
  return (id) => low <= id && id <= high;
}

/** Of some lengths beginnings have an index of their own; of others FTS5 gathers the words. */
function isCostly({ words, isPrefix }: SearchRequest["terms"][number]): boolean {
  return isPrefix && !indexedPrefixes.includes([...(words.at(-1) ?? "")].length);
}
