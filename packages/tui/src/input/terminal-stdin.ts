// The terminal's input as a stream for node:readline, read at once on a thread of its own however busy
// the program is (tty-input.ts). Raw mode and reading go together, as readline asks for it.

import { Readable } from "node:stream";
import { TtyInput, type TtyInputOptions, waitingBytesMax } from "./tty-input.ts";

/** Said when no more is read for now: nothing is lost here, but some may be on its way. */
export const waitsText = `more than ${waitingBytesMax / 1024 ** 2} MiB were typed or pasted at once: the terminal waits; GNU screen drops some then`;

export class TerminalStdin extends Readable {
  readonly isTTY = true;
  readonly #input: TtyInput;
  /** Bytes that were pushed and not asked to be followed by more. */
  #pushed = 0;

  /** `full`: as many bytes wait as may. */
  constructor(stdin: NodeJS.ReadStream, full: () => void, options: TtyInputOptions = {}) {
    super();
    this.#input = new TtyInput(stdin, options);
    this.#input.listen({
      bytes: (bytes) => {
        this.#pushed += bytes.length;
        if (this.push(bytes)) this.#takeAll();
      },
      full,
      gone: () => this.push(null),
    });
  }

  setRawMode(isOn: boolean): this {
    if (isOn) this.#input.take();
    else this.#input.releaseNow();
    return this;
  }

  override _read(): void {
    this.#takeAll();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#input.close();
    done(error);
  }

  #takeAll(): void {
    if (this.#pushed > 0) this.#input.taken(this.#pushed);
    this.#pushed = 0;
  }
}
