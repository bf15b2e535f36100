// What `tail` prints of an entry, in each of its formats. Owns the lines that have not ended.
// On a pipe the text comes out byte for byte; on a terminal it is made harmless first.

import { LineJoiner } from "@maru/chat-model/line";
import { clockTime, isoTime } from "@maru/chat-model/time";
import { amendmentText } from "@maru/chat-model/update";
import type { Amendment, Entry, EntryOf } from "@maru/protocol/chat";
import type { Output } from "@maru/tui/io";
import { sanitize } from "@maru/tui/text";
import { setIn } from "../lines/view/line-view.ts";

export type TailFormat = "text" | "json" | "verbose";

export class TailPrinter {
  readonly #format: TailFormat;
  readonly #stdout: Output;
  readonly #note: (text: string) => void;
  readonly #joiner = new LineJoiner();

  /** `note`: takes what is told beside the output. */
  constructor(format: TailFormat, stdout: Output, note: (text: string) => void) {
    this.#format = format;
    this.#stdout = stdout;
    this.#note = note;
  }

  /** Whether something of what it was given is not printed yet. */
  get isHolding(): boolean {
    return this.#joiner.isHolding;
  }

  /** Whether the entry is a message that counts. */
  entry(entry: Entry): boolean {
    if (this.#format === "json") {
      this.#print(`${JSON.stringify({ ...entry, time: isoTime(entry.at) })}\n`);
    }
    if (entry.type === "message") return this.#message(entry);
    if (entry.type !== "topic") this.#amendment(entry);
    return false;
  }

  /** `nick` will say no more: their line is ended where it is. */
  gone(nick: string): void {
    this.#print(this.#joiner.ended(nick));
  }

  /** Prints the lines that have not ended. */
  end(): void {
    this.#print(this.#joiner.end());
  }

  #message(message: EntryOf<"message">): boolean {
    const format = this.#format;
    // Nothing is left of it to be printed, and an empty line would be a message.
    if (format === "text" && message.redacted === true) return false;
    if (format === "text") this.#print(this.#joiner.push(message.from, message.text, message.at));
    if (format === "verbose") this.#print(`${clockTime(message.at)} ${verboseText(message)}\n`);
    return true;
  }

  /** What was printed can't be changed. The text alone stays what was said, a line a message. */
  #amendment(amendment: Amendment): void {
    const text = `${amendment.from} ${amendmentText(amendment)}`;
    if (this.#format === "verbose") {
      this.#print(`${clockTime(amendment.at)} -- ${setIn(text)}\n`);
    } else if (this.#format === "text" && amendment.type !== "reaction") this.#note(text);
  }

  #print(text: string): void {
    this.#stdout.write(this.#stdout.isTerminal ? sanitize(text) : text);
  }
}

function verboseText({ from, text, action, redacted, edited }: EntryOf<"message">): string {
  const said = redacted === true ? "(taken back)" : setIn(text);
  const after = edited !== undefined && redacted !== true ? " (edited)" : "";
  return (action === true ? `* ${from} ${said}` : `${from}: ${said}`) + after;
}
