// What is typed, as commands to send: a JSON object a line; one without an id is given one. Owns the
// line that has not ended, bounded.

import { type Message, messageIn } from "./exchange.ts";

/** Bytes of one line, and of what would be one frame: no server of ours takes more by default. */
export const lineBytesMax = 1_048_576;

const newline = 0x0a;

/** A line's command in wire form, or why it is none. */
export type Typed =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly problem: string };

export class TypedCommands {
  #rest: Uint8Array = new Uint8Array(0);
  #line = 0;
  /** The line that has not ended is too long already. */
  #isTooLong = false;

  /** `nextId`: asked for each command, once the one before it is sent. */
  *push(chunk: Uint8Array, nextId: () => number): Generator<Typed> {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      this.#keep(chunk.subarray(from, at));
      from = at + 1;
      yield* this.#take(nextId);
    }
    this.#keep(chunk.subarray(from));
  }

  /** The last line need not have an end. */
  *end(nextId: () => number): Generator<Typed> {
    if (this.#rest.length > 0 || this.#isTooLong) yield* this.#take(nextId);
  }

  #keep(bytes: Uint8Array): void {
    if (this.#isTooLong || this.#rest.length + bytes.length > lineBytesMax) {
      this.#isTooLong = true;
      this.#rest = new Uint8Array(0);
    } else if (bytes.length > 0) this.#rest = Buffer.concat([this.#rest, bytes]);
  }

  *#take(nextId: () => number): Generator<Typed> {
    this.#line += 1;
    const [line, bytes, isTooLong] = [this.#line, this.#rest, this.#isTooLong];
    this.#rest = new Uint8Array(0);
    this.#isTooLong = false;
    if (isTooLong) {
      yield { line, problem: `it is longer than ${lineBytesMax} bytes` };
      return;
    }
    const text = textOrNull(bytes);
    if (text?.trim() === "") return;
    const message = text === null ? null : messageIn(text);
    if (message === null) yield { line, problem: "it is no JSON object" };
    else yield { line, text: JSON.stringify(numbered(message, nextId)) };
  }
}

/** With an id behind its type, where people look for it; an empty one asks for a message without. */
function numbered(message: Message, nextId: () => number): Message {
  const { type, id, ...fields } = message;
  if (id === "") return { type, ...fields };
  return { type, id: id ?? nextId(), ...fields };
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function textOrNull(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
