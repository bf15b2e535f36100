// From the bytes that a terminal sends to what the person did: keys, text, pastes, focus, mouse.
// Waits for what is unfinished by the clock it is given. Reads no terminal itself.

import type { Clock } from "@maru/protocol";
import { graphemesOf } from "../text/graphemes.ts";
import { type InputToken, InputTokens } from "./input-tokens.ts";
import { keyOfControl, keyOfSequence, keyOfText } from "./key-of-sequence.ts";
import type { TerminalInput } from "./terminal-input.ts";
import { answeredColumn, withoutAnswers } from "./width-question.ts";

/** How far one notch of the wheel goes. */
export const wheelRows = 3;

export interface InputReaderOptions {
  /** Whether more has been read from the terminal than was given here: then it is not silent. */
  readonly isBehind?: () => boolean;
  /** Where the cursor stands, says the terminal; returns whether it was asked. */
  readonly answered?: (column: number) => boolean;
}

export class InputReader {
  readonly #clock: Clock;
  readonly #isBehind: () => boolean;
  readonly #answered: ((column: number) => boolean) | null;
  readonly #emit: (input: TerminalInput) => void;
  #tokens = new InputTokens();
  #cancel: (() => void) | null = null;

  constructor(
    clock: Clock,
    emit: (input: TerminalInput) => void,
    { isBehind = () => false, answered }: InputReaderOptions = {},
  ) {
    this.#clock = clock;
    this.#emit = emit;
    this.#isBehind = isBehind;
    this.#answered = answered ?? null;
  }

  read(bytes: Uint8Array): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#tell(this.#tokens.push(bytes));
    this.#wait();
  }

  #wait(): void {
    const patienceMs = this.#tokens.patienceMs;
    if (patienceMs === null) return;
    this.#cancel = this.#clock.after(patienceMs, () => {
      this.#cancel = null;
      if (this.#isBehind()) this.#wait();
      else this.#tell(this.#tokens.giveUp());
    });
  }

  /** Drops what is unfinished: the terminal was another program's meanwhile. */
  reset(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#tokens = new InputTokens();
  }

  #tell(tokens: readonly InputToken[]): void {
    for (const token of tokens) {
      for (const input of inputsOf(this.#unanswered(token))) this.#emit(input);
    }
  }

  /** Told of answers; a terminal may put one into the middle of a paste. */
  #unanswered(token: InputToken): InputToken {
    const answered = this.#answered;
    if (answered === null) return token;
    if (token.kind === "paste") return { ...token, text: withoutAnswers(token.text, answered) };
    const column = token.kind === "sequence" ? answeredColumn(token.sequence) : null;
    if (column !== null) answered(column);
    return token;
  }
}

function inputsOf(token: InputToken): readonly TerminalInput[] {
  switch (token.kind) {
    case "text":
      return graphemesOf(token.text).map((text) => ({ type: "key", ...keyOfText(text) }));
    case "paste":
      return [pasteOf(token)];
    case "control": {
      const key = keyOfControl(token.code);
      return key === null ? [] : [{ type: "key", ...key }];
    }
    case "sequence":
      return inputsOfSequence(token.sequence);
  }
}

function pasteOf({ text, isCut, bytesOver }: Extract<InputToken, { kind: "paste" }>) {
  return { type: "paste", text, isCut, ...(bytesOver > 0 && { bytesOver }) } as const;
}

/** Behind the Escape. */
const mouse = /^\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])$/;

function inputsOfSequence(sequence: string): readonly TerminalInput[] {
  if (sequence === "\x1b[I") return [{ type: "focused", isFocused: true }];
  if (sequence === "\x1b[O") return [{ type: "focused", isFocused: false }];
  const [found, code, column, row, final] = mouse.exec(sequence.slice(1)) ?? [];
  if (found !== undefined) {
    return mouseInput(Number(code), Number(column) - 1, Number(row) - 1, final === "M");
  }
  const key = keyOfSequence(sequence);
  return key === null ? [] : [{ type: "key", ...key }];
}

/** SGR: 64 and 65 are the wheel, 0 the left button; 4, 8 and 16 are what is held, 32 a motion. */
function mouseInput(code: number, x: number, y: number, isDown: boolean): readonly TerminalInput[] {
  if (x < 0 || y < 0 || !isDown) return [];
  const button = code & ~(4 | 8 | 16);
  if (button === 64) return [{ type: "wheel", x, y, rows: -wheelRows }];
  if (button === 65) return [{ type: "wheel", x, y, rows: wheelRows }];
  return button === 0 ? [{ type: "clicked", x, y }] : [];
}
