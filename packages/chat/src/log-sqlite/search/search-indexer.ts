// Brings the index up to the main database, a bounded step at a time. Its thread tells it which rooms
// have changed and calls step() as long as it is behind; it keeps no time and starts nothing.

import type { Database } from "bun:sqlite";
import { IndexPlan, type PlanBounds, type RoomRow } from "./index-plan.ts";
import { DamagedIndex, SearchIndex } from "./search-index.ts";

/** At 30,000 rows/s a step takes 12 ms, and up to 100 ms when FTS5 merges. */
export const indexerDefaults: PlanBounds = { entriesMax: 512, unitsMax: 256 * 1024 };

export interface IndexStep {
  /** Entries whose effect is in the index now. */
  readonly indexed: number;
  /** There is more to do at once. */
  readonly isBehind: boolean;
  /** The file was damaged: it is a new one now, and everything is to be done again. */
  readonly rebuilt: boolean;
}

/** Entries after which it is worth while to merge again: each merge may write a good part anew. */
const mergeEntries = 16_384;

export class SearchIndexer {
  readonly #main: Database;
  readonly #index: SearchIndex;
  readonly #options: PlanBounds;
  /** Rooms with work to do, in the order in which they were told; at most all there are. */
  readonly #dirty = new Set<number>();
  /** Entries indexed since all was merged; what the process before has left is unknown. */
  #unmerged = mergeEntries;

  /**
   * `main` is the caller's, and need only be readable. `identity` names the main database and its
   * generation: an index of another one is deleted.
   */
  constructor(main: Database, path: string, identity: string, options = indexerDefaults) {
    this.#main = main;
    this.#options = options;
    this.#index = new SearchIndex(path, identity);
    this.#orRebuild(() => this.#noteAll());
  }

  /** To be called after the commit that changed the rooms' heads or dropped their oldest entries. */
  note(rooms: Iterable<number>): void {
    for (const room of rooms) this.#dirty.add(room);
  }

  /** Throws what the main database throws, a full disk too; nothing of the step has happened then. */
  step(): IndexStep {
    let indexed = 0;
    const isInPlace = this.#index.isInPlace;
    if (!isInPlace) this.#rebuild();
    const rebuilt = this.#orRebuild(() => {
      indexed = this.#step();
    });
    this.#unmerged += indexed;
    return { indexed, isBehind: this.#dirty.size > 0, rebuilt: rebuilt || !isInPlace };
  }

  /**
   * A bounded part of what makes searches fast and steps no newer: to be called while no step is
   * behind. False if there is nothing to do. In a million messages in 20,000 rooms the slowest one
   * of a hundred searches through 1,200 rooms takes 300 ms without it and 50 ms with it.
   */
  tidy(): boolean {
    if (this.#unmerged < mergeEntries) return false;
    let isLeft = false;
    const rebuilt = this.#orRebuild(() => {
      isLeft = this.#index.merge();
    });
    if (!isLeft && !rebuilt) this.#unmerged = 0;
    return isLeft || rebuilt;
  }

  /** A reader has found this file damaged: begins the index anew, unless that has happened. */
  reportDamage(file: bigint): void {
    if (this.#index.isOpen(file)) this.#rebuild();
  }

  close(): void {
    this.#index.close();
  }

  #step(): number {
    const plan = new IndexPlan(this.#main, this.#index, this.#options);
    const done: number[] = [];
    this.#main.transaction(() => {
      for (const room of this.#dirty) {
        if (plan.isFull) break;
        if (plan.addRoom(room)) done.push(room);
      }
    })();
    this.#index.apply(plan);
    for (const room of done) this.#dirty.delete(room);
    return plan.indexed;
  }

  /** Finds what has changed without a word to the indexer. */
  #noteAll(): void {
    const known = this.#index.allProgress();
    const rooms = this.#main.query<RoomRow & { id: number }, []>(
      "SELECT id, head, first FROM room",
    );
    for (const { id, head, first } of rooms.iterate()) {
      const progress = known.get(id) ?? { seq: 0, first, newest: 0, skew: 0 };
      known.delete(id);
      if (progress.seq !== head || progress.first < first) this.#dirty.add(id);
    }
    this.note(known.keys());
  }

  #orRebuild(work: () => void): boolean {
    try {
      work();
      return false;
    } catch (error) {
      if (!(error instanceof DamagedIndex)) throw error;
      this.#rebuild();
      return true;
    }
  }

  #rebuild(): void {
    this.#index.rebuild();
    this.#noteAll();
  }
}
