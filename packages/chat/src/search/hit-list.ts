// The newest messages that a search over many rooms has found so far: as many as are asked for, and
// one, which tells that there are more. Pure.

import type { Entry } from "@maru/protocol/chat";
import { compareNewest, type Position } from "./search-place.ts";

export interface Hit {
  readonly position: Position;
  readonly entry: Entry;
}

export class HitList {
  readonly #hitsMax: number;
  /** Newest first. */
  readonly #hits: Hit[] = [];

  constructor(entriesMax: number) {
    this.#hitsMax = entriesMax + 1;
  }

  /** Newest first. */
  get hits(): readonly Hit[] {
    return this.#hits;
  }

  /** Whether an entry of this time, and all that are older, can no longer be among the newest. */
  isPast(at: number): boolean {
    const last = this.#last();
    return last !== null && at < last.at;
  }

  /** Whether a hit at this place would be among the newest. */
  wants(position: Position): boolean {
    const last = this.#last();
    return last === null || compareNewest(position, last) < 0;
  }

  add(hit: Hit): void {
    let low = 0;
    let high = this.#hits.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#hits[middle] as Hit;
      if (compareNewest(other.position, hit.position) < 0) low = middle + 1;
      else high = middle;
    }
    this.#hits.splice(low, 0, hit);
    if (this.#hits.length > this.#hitsMax) this.#hits.pop();
  }

  /** The oldest of a list that is full. */
  #last(): Position | null {
    return this.#hits[this.#hitsMax - 1]?.position ?? null;
  }
}
