// Values by name, walked in the order of their names: what lists of people and rooms page through.

/** Compares by UTF-16 units: the same on every machine, whatever its locale. */
export class SortedTable<K extends string, V> {
  readonly #values = new Map<K, V>();
  readonly #keys: K[] = [];

  get size(): number {
    return this.#values.size;
  }

  get(key: K): V | undefined {
    return this.#values.get(key);
  }

  set(key: K, value: V): void {
    if (!this.#values.has(key)) this.#keys.splice(this.#place(key), 0, key);
    this.#values.set(key, value);
  }

  delete(key: K): boolean {
    if (!this.#values.delete(key)) return false;
    this.#keys.splice(this.#place(key), 1);
    return true;
  }

  /** In no particular order, without a copy. */
  values(): IterableIterator<V> {
    return this.#values.values();
  }

  /** The values whose keys come behind `after`, in order. */
  *behind(after: K | undefined): Generator<V> {
    let place = after === undefined ? 0 : this.#place(after);
    if (this.#keys[place] === after) place += 1;
    for (; place < this.#keys.length; place += 1) {
      yield this.#values.get(this.#keys[place] as K) as V;
    }
  }

  /** Where `key` stands, or would stand. */
  #place(key: K): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] as K) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
