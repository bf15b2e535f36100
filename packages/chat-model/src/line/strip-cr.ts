// Takes the `\r` of each `\r\n` out of bytes, as they come; any other one is left where it is.

const newline = 0x0a;
const carriageReturn = 0x0d;

export class CrStripper {
  /** Whether the last byte was a `\r`, which is not decided yet. */
  #isHeld = false;

  push(chunk: Uint8Array): Uint8Array {
    if (!this.#isHeld && !chunk.includes(carriageReturn)) return chunk;
    const kept = new Uint8Array(chunk.length + 1);
    let size = 0;
    for (const byte of chunk) {
      if (this.#isHeld && byte !== newline) kept[size++] = carriageReturn;
      this.#isHeld = byte === carriageReturn;
      if (!this.#isHeld) kept[size++] = byte;
    }
    return kept.subarray(0, size);
  }

  /** What was held back. */
  end(): Uint8Array {
    const isHeld = this.#isHeld;
    this.#isHeld = false;
    return isHeld ? Uint8Array.of(carriageReturn) : new Uint8Array();
  }
}
