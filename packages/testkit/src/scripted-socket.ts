// A socket that does what a test tells it: takes so many bytes at each write, and remembers them.
// Meets core's ConnectionSocket by its shape. Never calls back by itself: a test calls `drain` when
// it wants the kernel to have room again.

/** Bytes taken by the next writes, one number each; -1 = the socket is closed. */
export type WriteScript = (offered: number) => number;

export class ScriptedSocket {
  /** Undefined when the script says that the socket has forgotten it. */
  readonly remoteAddress: string | undefined;
  isPaused = false;
  /** FIN was sent. */
  isShut = false;
  isTerminated = false;
  /** What each write took, in order; short ones have taken less than they were offered. */
  readonly writes: { readonly offered: number; readonly taken: number }[] = [];
  /** Called by `drain` and by `terminate`: what a listener would hear of them. */
  onDrain: () => void = () => {};
  onClose: () => void = () => {};
  #script: WriteScript;
  #chunks: Uint8Array[] = [];

  constructor(options: { address?: string | null; takes?: WriteScript } = {}) {
    const { address = "127.0.0.1" } = options;
    this.remoteAddress = address ?? undefined;
    this.#script = options.takes ?? takesAll;
  }

  /** Everything taken, in order. */
  get output(): Uint8Array {
    const joined = new Uint8Array(this.#chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    return joined;
  }

  /** Changes how much the following writes take. */
  takes(script: WriteScript): void {
    this.#script = script;
  }

  /** Lets the socket take bytes again as `script` says, and tells who waits for that. */
  drain(script: WriteScript = takesAll): void {
    this.#script = script;
    this.onDrain();
  }

  write(bytes: Uint8Array): number {
    if (this.isShut) throw new Error("a write behind the FIN");
    const taken = this.isTerminated ? -1 : Math.min(bytes.length, this.#script(bytes.length));
    this.writes.push({ offered: bytes.length, taken });
    // A copy: the caller's memory is the caller's again after the write.
    if (taken > 0) this.#chunks.push(new Uint8Array(bytes.subarray(0, taken)));
    return taken;
  }

  shutdown(): void {
    this.isShut = true;
  }

  terminate(): void {
    if (this.isTerminated) return;
    this.isTerminated = true;
    this.onClose();
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }
}

export const takesAll: WriteScript = (offered) => offered;
export const takesNothing: WriteScript = () => 0;
export const isGone: WriteScript = () => -1;

/** Takes `bytes` in all over the following writes, and then nothing. */
export function takesUpTo(bytes: number): WriteScript {
  let left = bytes;
  return (offered) => {
    const taken = Math.min(left, offered);
    left -= taken;
    return taken;
  };
}

/** Takes the given numbers of bytes, one a write, and everything after the last. */
export function takesEach(...counts: readonly number[]): WriteScript {
  let at = 0;
  return (offered) => {
    const count = counts[at] ?? offered;
    at += 1;
    return Math.min(count, offered);
  };
}
