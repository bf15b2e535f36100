// Messages → the lines that were sent. The other half of line-cutter.ts.
// Owns the pieces of lines that have not ended, one line a sender, within a bound: then a line is
// printed as its pieces come, and another sender's line may stand inside it.

import { printed } from "./mark.ts";

/** UTF-16 units of unfinished lines held back in all. */
const heldMax = 1024 * 1024;

export class LineJoiner {
  readonly #held = new Map<string, string>();
  #heldSize = 0;

  /** Whether something that was said is not printed yet. */
  get isHolding(): boolean {
    return this.#heldSize > 0;
  }

  /** What is to be printed now that `from` said `text`; empty while the line goes on. */
  push(from: string, text: string): string {
    const { out, end } = printed(text);
    const before = this.#held.get(from);
    if (end === "whole") return before === undefined ? out : this.#take(from) + out;
    this.#held.set(from, (before ?? "") + out);
    this.#heldSize += out.length;
    if (this.#heldSize <= heldMax) return "";
    const line = this.#take(from);
    this.#held.set(from, "");
    return line;
  }

  /** `from` will say no more: its unfinished line, ended here. */
  ended(from: string): string {
    return this.#held.has(from) ? `${this.#take(from)}\n` : "";
  }

  /** Every unfinished line, ended here. */
  end(): string {
    return [...this.#held.keys()].map((from) => this.ended(from)).join("");
  }

  #take(from: string): string {
    const line = this.#held.get(from) ?? "";
    this.#held.delete(from);
    this.#heldSize -= line.length;
    return line;
  }
}
