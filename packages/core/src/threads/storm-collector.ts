// Collects garbage once after a storm: when many have come or gone, and it is over. What a thousand
// greetings leave behind would otherwise stand in memory until the next storm; bare idle connections
// make too little garbage for the collector to look again by itself.

/** So many more or fewer than at the last collection, and at least this many, make a storm. */
const changedShare = 0.25;
const changedMin = 256;
/** It is over when less than this share came or went since the last look. */
const calmShare = 0.01;

export class StormCollector {
  readonly #collect: () => void;
  #collectedAt = 0;
  #before = 0;

  /** The default collects on Bun's own threads: this one stops for less than a millisecond. */
  constructor(collect: () => void = () => Bun.gc(false)) {
    this.#collect = collect;
  }

  /** To be called about once a second, with the connections that are open now. */
  look(open: number): void {
    const changed = Math.abs(open - this.#collectedAt);
    const isCalm = Math.abs(open - this.#before) <= open * calmShare;
    this.#before = open;
    if (!isCalm || changed < Math.max(changedMin, this.#collectedAt * changedShare)) return;
    this.#collectedAt = open;
    this.#collect();
  }
}
