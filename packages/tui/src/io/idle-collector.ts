// Gives memory back after a burst: what a hundred thousand events leave behind is collected once it has
// been quiet for a while, and not while a person types. Owns the count of what has come since.

/** Events after which there is something to collect. */
export const burstEvents = 5_000;
/** How long it must have been quiet: collecting stops everything for some 40 ms. */
export const quietMs = 1_500;

export class IdleCollector {
  readonly #collect: () => void;
  #events = 0;
  #lastMs = 0;

  constructor(collect: () => void = () => Bun.gc(true)) {
    this.#collect = collect;
  }

  /** Something has happened: an event from elsewhere, or a key. */
  noted(nowMs: number): void {
    this.#events += 1;
    this.#lastMs = nowMs;
  }

  /** Time has passed. */
  ticked(nowMs: number): void {
    if (this.#events < burstEvents || nowMs - this.#lastMs < quietMs) return;
    this.#events = 0;
    this.#collect();
  }
}
