// Bytes of standard input → texts that may be sent, one a line, or a few for a line that is too long.
// Owns the bytes of the line that has not ended yet, never more than about two texts of them. Never
// changes a byte: what can't be sent as it is, is an InputError that names the line.

import { cutPoint } from "./cut-point.ts";
import { joiner, textOfLines, textOfPiece } from "./mark.ts";
import { textProblem } from "./text-problem.ts";

export interface Cut {
  /** Of which line of the input, from 1. */
  readonly line: number;
  /** Ready to be sent. */
  readonly text: string;
}

/** The input holds what no message may hold. */
export class InputError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.line = line;
  }
}

export interface CutterOptions {
  /** UTF-8 bytes of one text. */
  readonly textBytesMax: number;
}

const newline = 0x0a;
const joinerBytes = Buffer.byteLength(joiner);
/** A cut looks so many bytes ahead, so as not to part a letter from its marks. */
const lookaheadBytes = 256;

export class LineCutter {
  readonly #textBytesMax: number;
  readonly #pieceBytes: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;

  constructor(options: CutterOptions) {
    this.#textBytesMax = Math.max(0, options.textBytesMax);
    this.#pieceBytes = this.#textBytesMax - joinerBytes;
  }

  /** The texts that `chunk` completes. They are good even when the next one throws. */
  *push(chunk: Uint8Array): Generator<Cut> {
    let bytes = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]);
    this.#rest = Buffer.alloc(0);
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline)) {
      yield* this.#wholeLine(bytes.subarray(0, end));
      bytes = bytes.subarray(end + 1);
      this.#line += 1;
    }
    while (bytes.length > this.#textBytesMax + lookaheadBytes) {
      const at = cutPoint(bytes, this.#pieceBytes);
      yield this.#cut(textOfPiece(this.#decode(bytes.subarray(0, at))));
      bytes = bytes.subarray(at);
    }
    // A copy, for a view would keep the whole chunk in memory.
    this.#rest = Buffer.from(bytes);
  }

  /** The input has ended: a last line without a newline counts as a line. */
  *end(): Generator<Cut> {
    if (this.#rest.length > 0) yield* this.#wholeLine(this.#rest);
    this.#rest = Buffer.alloc(0);
  }

  *#wholeLine(line: Buffer): Generator<Cut> {
    let bytes = line;
    for (;;) {
      const text =
        bytes.length <= this.#textBytesMax ? textOfLines(`${this.#decode(bytes)}\n`) : "";
      // Of an empty rest nothing can be cut, whatever the bound is.
      const fits = text !== "" && Buffer.byteLength(text) <= this.#textBytesMax;
      if (fits || bytes.length === 0) {
        yield this.#cut(text === "" ? "\n" : text);
        return;
      }
      const at = cutPoint(bytes, this.#pieceBytes);
      yield this.#cut(textOfPiece(this.#decode(bytes.subarray(0, at))));
      bytes = bytes.subarray(at);
    }
  }

  #cut(text: string): Cut {
    return { line: this.#line, text };
  }

  #decode(bytes: Uint8Array): string {
    let text: string;
    try {
      text = this.#decoder.decode(bytes);
    } catch {
      throw new InputError(this.#line, "this is not UTF-8");
    }
    const problem = textProblem(text);
    if (problem === null) return text;
    throw new InputError(this.#line, problem);
  }
}
