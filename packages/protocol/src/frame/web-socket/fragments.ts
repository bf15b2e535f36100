// A message that comes in several frames: its payload so far. Bounded by its user, who asks `length`
// before it appends. Grows by doubling, and only with bytes that were received.

const initialBytes = 256;

export class Fragments {
  #bytes = new Uint8Array(initialBytes);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(payload: Uint8Array): void {
    const length = this.#length + payload.length;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(length * 2);
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(payload, this.#length);
    this.#length = length;
  }

  /** All of it, as a view; nothing is to be appended afterwards. */
  take(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
