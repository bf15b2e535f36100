// Where a program's lines are shown and typed: a terminal with a prompt (prompt-screen.ts), or plain
// streams.

import { createInterface } from "node:readline";
import type { Io } from "../io/io.ts";

export interface LineScreen {
  /** Whether an entered line goes off the screen again: what comes of it is for the program to show. */
  readonly takesEntered: boolean;
  /** Shows finished text, of one or more lines, above the prompt. */
  show(text: string): void;
  /** Sets the prompt. */
  prompt(text: string): void;
  /** What is typed, line by line, until the input ends. */
  lines(): AsyncIterable<string>;
  /** Resolves when more may be shown without piling up. */
  ready(): Promise<void>;
  /** Resolves when the person wants to get out. */
  readonly interrupted: Promise<"interrupted">;
  /** Gives the terminal back. */
  end(): void;
}

/** On pipes: lines in, lines out, no prompt, no editing. */
export function createPlainScreen({ stdin, stdout }: Io): LineScreen {
  return {
    takesEntered: false,
    show: (text) => stdout.write(`${text}\n`),
    prompt() {},
    lines: () => createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    ready: () => stdout.ready(),
    interrupted: new Promise(() => {}),
    end() {},
  };
}
