// Zipf's law over the numbers 0, 1, 2, ...: number k is drawn in proportion to 1 / (k + 1)^exponent.
// Pure; chance comes from the caller, as a fraction in [0, 1).

export class Zipf {
  readonly #cumulated: Float64Array;

  constructor(count: number, exponent: number) {
    let sum = 0;
    this.#cumulated = Float64Array.from({ length: count }, (_, k) => {
      sum += (k + 1) ** -exponent;
      return sum;
    });
  }

  /** The number whose share of the whole holds this fraction of it. */
  at(fraction: number): number {
    const wanted = fraction * (this.#cumulated.at(-1) ?? 0);
    let low = 0;
    let high = this.#cumulated.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cumulated[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The numbers of so many, spread as evenly as whole ones can be: the same sizes every time. */
  spread(people: number): number[] {
    return Array.from({ length: people }, (_, i) => this.at((i + 0.5) / people));
  }
}
