// Messages → the lines that were sent. The other half of line-cutter.ts.
// Owns the pieces of lines that have not ended, one line a sender, within bounds of size and time: then
// a line is printed as its pieces come, or as far as it came.

import { printed } from "./mark.ts";

/** UTF-16 units of unfinished lines held back in all. */
const heldMax = 1024 * 1024;
/**
 * A line that has not gone on for so long, in milliseconds by the messages' own times, will not: who
 * sent it need not have been in the room, and is not seen to leave it.
 */
export const goesOnWithinMs = 600_000;

interface Held {
  readonly text: string;
  /** When its last piece was said. */
  readonly atMs: number;
}

export class LineJoiner {
  readonly #held = new Map<string, Held>();
  #heldSize = 0;

  /** Whether something that was said is not printed yet. */
  get isHolding(): boolean {
    return this.#heldSize > 0;
  }

  /** What is to be printed now that `from` said `text`; empty while the line goes on. */
  push(from: string, text: string, atMs: number): string {
    const late = this.#givenUp(atMs);
    const { out, end } = printed(text);
    const before = this.#held.get(from)?.text;
    if (end === "whole") return late + (before === undefined ? out : this.#take(from) + out);
    // The last one that went on stands last: the others are older.
    this.#held.delete(from);
    this.#held.set(from, { text: (before ?? "") + out, atMs });
    this.#heldSize += out.length;
    if (this.#heldSize <= heldMax) return late;
    const line = this.#take(from);
    this.#held.set(from, { text: "", atMs });
    return late + line;
  }

  /** `from` will say no more: its unfinished line, ended here. */
  ended(from: string): string {
    return this.#held.has(from) ? `${this.#take(from)}\n` : "";
  }

  /** Every unfinished line, ended here. */
  end(): string {
    return [...this.#held.keys()].map((from) => this.ended(from)).join("");
  }

  /** The lines that have not gone on for too long, ended here. */
  #givenUp(nowMs: number): string {
    let lines = "";
    for (const [from, { atMs }] of this.#held) {
      if (nowMs - atMs <= goesOnWithinMs) break;
      lines += this.ended(from);
    }
    return lines;
  }

  #take(from: string): string {
    const line = this.#held.get(from)?.text ?? "";
    this.#held.delete(from);
    this.#heldSize -= line.length;
    return line;
  }
}
