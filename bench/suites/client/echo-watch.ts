// Which of the typed characters stand on the screen before the cursor, and since when. Pure but for
// its own counts; a character that is lost or garbled is never taken for one that is there.

import { screenSize } from "./seat.ts";
import type { Cursor } from "./terminal-cells.ts";

export interface Sight {
  readonly rows: readonly string[];
  readonly cursor: Cursor;
}

/**
 * The text of an input that begins in column `left`, up to the cursor. The text has no spaces, so a
 * row above belongs to it where it is full from there to the edge.
 */
export function inputBefore({ rows, cursor }: Sight, left: number): string {
  let text = (rows[cursor.y] ?? "").slice(left, Math.max(left, cursor.x));
  for (let y = cursor.y - 1; y >= 0; y--) {
    const row = (rows[y] ?? "").slice(left);
    const isInput = row.length === screenSize.width - left && !/[^!-~]/.test(row);
    if (!isInput) break;
    text = row + text;
  }
  return text;
}

export class EchoWatch {
  readonly #text: string;
  readonly #left: number;
  readonly #writtenAtMs: number[] = [];
  readonly #echoMs: number[] = [];

  /** `left`: the column in which the empty input has its cursor. */
  constructor(text: string, left: number) {
    this.#text = text;
    this.#left = left;
  }

  get echoMs(): readonly number[] {
    return this.#echoMs;
  }

  get isWhole(): boolean {
    return this.#echoMs.length === this.#text.length;
  }

  /** The next character goes to the terminal now. */
  written(atMs: number): void {
    this.#writtenAtMs.push(atMs);
  }

  /** A frame was read at that time. */
  look(sight: Sight, atMs: number): void {
    const input = inputBefore(sight, this.#left);
    if (input !== this.#text.slice(0, input.length)) return;
    for (let at = this.#echoMs.length; at < input.length; at++) {
      const writtenAtMs = this.#writtenAtMs[at];
      if (writtenAtMs !== undefined) this.#echoMs.push(atMs - writtenAtMs);
    }
  }
}
