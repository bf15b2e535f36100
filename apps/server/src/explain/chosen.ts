// Who is explained, as every thread knows it: the service chooses, and writes the nick into memory that
// the shards read when they pass a `welcome` on.

const nickBytesMax = 1_024;
const lengthBytes = 4;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Chosen {
  readonly memory: SharedArrayBuffer;
  readonly #length: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory = new SharedArrayBuffer(lengthBytes + nickBytesMax)) {
    this.memory = memory;
    this.#length = new Int32Array(memory, 0, 1);
    this.#bytes = new Uint8Array(memory, lengthBytes);
  }

  /** Null: as yet there is none. */
  get nick(): string | null {
    const length = Atomics.load(this.#length, 0);
    return length === 0 ? null : decoder.decode(this.#bytes.slice(0, length));
  }

  set nick(nick: string | null) {
    const bytes = encoder.encode(nick ?? "").subarray(0, nickBytesMax);
    this.#bytes.set(bytes);
    Atomics.store(this.#length, 0, bytes.length);
  }
}
