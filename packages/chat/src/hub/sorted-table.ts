// Values by name, walked in the order of their names: what lists of people and rooms page through.
// Keys lie in sorted chunks, so that a change costs a chunk and not the whole list.
//
// Invariant: no chunk is empty or longer than `chunkKeysMax`; each holds keys behind those of the
// chunk before it.

import { assert } from "@maru/protocol";

/** Keys of one chunk; a longer one is cut into two. */
const chunkKeysDefault = 512;

/** Compares by UTF-16 units: the same on every machine, whatever its locale. */
export class SortedTable<K extends string, V> {
  readonly #values = new Map<K, V>();
  readonly #chunks: K[][] = [];
  readonly #chunkKeysMax: number;

  /** `chunkKeysMax`: at least 2. */
  constructor(chunkKeysMax: number = chunkKeysDefault) {
    this.#chunkKeysMax = chunkKeysMax;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: K): V | undefined {
    return this.#values.get(key);
  }

  set(key: K, value: V): void {
    if (!this.#values.has(key)) this.#insert(key);
    this.#values.set(key, value);
  }

  delete(key: K): boolean {
    if (!this.#values.delete(key)) return false;
    const index = this.#chunkOf(key);
    const chunk = this.#chunks[index] as K[];
    const place = placeIn(chunk, key);
    assert(chunk[place] === key, "a key that has a value stands in its chunk");
    chunk.splice(place, 1);
    if (chunk.length === 0) this.#chunks.splice(index, 1);
    else this.#check(index);
    return true;
  }

  /** In no particular order, without a copy. */
  values(): IterableIterator<V> {
    return this.#values.values();
  }

  /** The values whose keys come behind `after`, in order. */
  *behind(after: K | undefined): Generator<V> {
    const first = after === undefined ? 0 : this.#chunkOf(after);
    for (let index = first; index < this.#chunks.length; index += 1) {
      const chunk = this.#chunks[index] as K[];
      let place = after === undefined || index > first ? 0 : placeIn(chunk, after);
      if (chunk[place] === after) place += 1;
      for (; place < chunk.length; place += 1) yield this.#values.get(chunk[place] as K) as V;
    }
  }

  #insert(key: K): void {
    const index = this.#chunkOf(key);
    const chunk = this.#chunks[index];
    if (chunk === undefined) {
      this.#chunks.push([key]);
      return;
    }
    chunk.splice(placeIn(chunk, key), 0, key);
    if (chunk.length > this.#chunkKeysMax) {
      this.#chunks.splice(index + 1, 0, chunk.splice(chunk.length >>> 1));
    }
    this.#check(index);
  }

  #check(index: number): void {
    const chunk = this.#chunks[index] as readonly K[];
    const { length } = chunk;
    assert(1 <= length && length <= this.#chunkKeysMax, "1 ≤ keys of a chunk ≤ chunkKeysMax");
    const next = this.#chunks[index + 1]?.[0];
    const inOrder = next === undefined || (chunk[length - 1] as K) < next;
    assert(inOrder, "a chunk holds keys behind those of the chunk before it");
  }

  /** The last chunk that begins with `key` or before it; the first if none does. */
  #chunkOf(key: K): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (((this.#chunks[middle] as K[])[0] as K) <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Where `key` stands among sorted keys, or would stand. */
function placeIn<K extends string>(keys: readonly K[], key: K): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as K) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
