// What `send` may be told to take away or replace before lines are cut, in one order: terminal
// sequences, the `\r` of `\r\n`, and what is still forbidden then. Newlines stay where they are, so
// that lines keep their numbers.

import { textPattern } from "@maru/protocol/chat";
import { AnsiStripper } from "./strip-ansi.ts";

const newline = 0x0a;
const carriageReturn = 0x0d;
const replacement = "\ufffd";
const suspects = /\p{Cc}/gu;

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

/** Takes the `\r` of each `\r\n` out of bytes, as they come; any other one is left where it is. */
class CrStripper {
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

/**
 * Puts U+FFFD in the place of what no message may hold: bytes that are not UTF-8, and control
 * characters but tab and newline. Owns the bytes of a character that came in part.
 */
class ForbiddenReplacer {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  push(chunk: Uint8Array): Uint8Array {
    return cleaned(this.#decoder.decode(chunk, { stream: true }));
  }

  /** What was held back. */
  end(): Uint8Array {
    return cleaned(this.#decoder.decode());
  }
}

function cleaned(text: string): Uint8Array {
  if (textPattern.test(text)) return Buffer.from(text);
  const isAllowed = (character: string) => textPattern.test(character);
  return Buffer.from(text.replace(suspects, (each) => (isAllowed(each) ? each : replacement)));
}
