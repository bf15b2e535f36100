// What `send` may be told to take away or replace before lines are cut, in one order: terminal
// sequences, the `\r` of `\r\n`, and what is still forbidden then. Newlines stay where they are, so
// that lines keep their numbers.

import { ForbiddenReplacer } from "./replace-forbidden.ts";
import { AnsiStripper } from "./strip-ansi.ts";
import { CrStripper } from "./strip-cr.ts";

export interface Cleaning {
  /** Takes terminal sequences such as colours away. */
  readonly stripAnsi: boolean;
  /** Takes the `\r` of each `\r\n` away. */
  readonly stripCr: boolean;
  /** Puts U+FFFD in the place of what no message may hold. */
  readonly replace: boolean;
}

interface Stage {
  push(chunk: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

export class InputCleaner {
  readonly #stages: readonly Stage[];

  constructor({ stripAnsi, stripCr, replace }: Cleaning) {
    this.#stages = [
      ...(stripAnsi ? [new AnsiStripper()] : []),
      ...(stripCr ? [new CrStripper()] : []),
      ...(replace ? [new ForbiddenReplacer()] : []),
    ];
  }

  /** What becomes of `chunk`, and of what was held back before it. */
  push(chunk: Uint8Array): Uint8Array {
    return this.#stages.reduce((bytes, stage) => stage.push(bytes), chunk);
  }

  /** What was held back; the input has ended. */
  end(): Uint8Array {
    let bytes: Uint8Array = new Uint8Array();
    for (const stage of this.#stages) bytes = Buffer.concat([stage.push(bytes), stage.end()]);
    return bytes;
  }
}

/** A whole text, cleaned. */
export function cleanText(text: string, cleaning: Cleaning): string {
  const cleaner = new InputCleaner(cleaning);
  return Buffer.concat([cleaner.push(Buffer.from(text)), cleaner.end()]).toString();
}

/** What would help with an input that can't be sent, as the end of the sentence that says so. */
export function cleaningHint({ stripAnsi, stripCr }: Cleaning, problem: string): string {
  const offers = [
    ...(!stripCr && problem.includes("U+000D")
      ? ["--strip-cr takes the \\r of each \\r\\n away"]
      : []),
    ...(stripAnsi ? [] : ["--strip-ansi takes colours and other terminal sequences away"]),
    "--replace sends U+FFFD for what can't be sent",
  ];
  return `; ${offers.join(", ")}`;
}
