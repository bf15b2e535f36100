// A bounded table that many holders fill: when it is full, the holder with most entries loses its
// oldest. So a holder that fills it pushes out its own entries, and a newcomer always finds a place.

interface Row<Holder, Value> {
  readonly holder: Holder;
  readonly value: Value;
}

/** Entries looked at for one that may go: a table of those that may not is let grow instead. */
export const lookedAtMax = 100;

export class SharedTable<Holder, Key, Value> {
  readonly #max: number;
  readonly #mayGo: (key: Key) => boolean;
  /** The oldest first, as are each holder's keys. */
  readonly #rows = new Map<Key, Row<Holder, Value>>();
  readonly #keysOf = new Map<Holder, Set<Key>>();
  /** Holders by how many entries they have; the one that came to so many first is first. */
  readonly #byCount: Set<Holder>[] = [];

  /** Who must not go is counted and stays, as long as `mayGo` says so. */
  constructor(max: number, mayGo: (key: Key) => boolean = () => true) {
    this.#max = max;
    this.#mayGo = mayGo;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: Key): Value | undefined {
    return this.#rows.get(key)?.value;
  }

  *entries(): Generator<[Key, Value]> {
    for (const [key, { value }] of this.#rows) yield [key, value];
  }

  /** Makes it the holder's newest entry; it may have been another holder's. */
  set(holder: Holder, key: Key, value: Value): void {
    this.delete(key);
    this.#rows.set(key, { holder, value });
    const keys = this.#keysOf.get(holder) ?? new Set();
    this.#keysOf.set(holder, keys.add(key));
    this.#moveHolder(holder, keys.size - 1, keys.size);
    if (this.#rows.size > this.#max) this.#forgetOne();
  }

  delete(key: Key): void {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    const { holder } = row;
    this.#rows.delete(key);
    const keys = this.#keysOf.get(holder) as Set<Key>;
    keys.delete(key);
    this.#moveHolder(holder, keys.size + 1, keys.size);
    if (keys.size === 0) this.#keysOf.delete(holder);
  }

  #moveHolder(holder: Holder, from: number, to: number): void {
    this.#byCount[from]?.delete(holder);
    if (to > 0) {
      this.#byCount[to] ??= new Set();
      this.#byCount[to].add(holder);
    }
    while (this.#byCount.length > 0 && (this.#byCount.at(-1)?.size ?? 0) === 0) this.#byCount.pop();
  }

  #forgetOne(): void {
    let left = lookedAtMax;
    for (let count = this.#byCount.length - 1; count > 0; count -= 1) {
      for (const holder of this.#byCount[count] ?? []) {
        for (const key of [...this.#oldestOf(holder, left)]) {
          if (this.#mayGo(key)) return this.delete(key);
          left -= 1;
          this.#makeNewest(holder, key);
        }
        if (left <= 0) return;
      }
    }
  }

  *#oldestOf(holder: Holder, count: number): Generator<Key> {
    let left = count;
    for (const key of this.#keysOf.get(holder) ?? []) {
      if (left-- <= 0) return;
      yield key;
    }
  }

  /** Those that may not go change places, so that each look is short. */
  #makeNewest(holder: Holder, key: Key): void {
    const keys = this.#keysOf.get(holder);
    if (keys?.delete(key) === true) keys.add(key);
  }
}
