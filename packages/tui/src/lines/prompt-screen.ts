// Lines on a terminal: a prompt with what is being typed, and everything else above it.
// Owns the terminal's mode from creation to `end`. The line editor is node:readline's; this file
// only takes its line away, writes, and lets it draw itself again.

import {
  clearScreenDown,
  createInterface,
  cursorTo,
  type Interface,
  type Key,
  moveCursor,
} from "node:readline";
import type { Readable } from "node:stream";
import { startTimer } from "@maru/protocol";
import { TerminalStdin, waitsText } from "../input/terminal-stdin.ts";
import type { Io } from "../io/io.ts";
import { displayRows } from "./display-rows.ts";
import type { LineScreen } from "./line-screen.ts";

export interface PromptOptions {
  /** The line that leaves the program: it is offered where a person interrupts an empty line. */
  readonly leaving: string;
  /** What Tab may make of the line. */
  complete(line: string): string[];
}

/** Longer than a signal to oneself takes to arrive; it does not run while the process is stopped. */
const stopMs = 50;

/** On a terminal whose input is read at once, however busy the program is. */
export function createPromptScreen(io: Io, options: PromptOptions): LineScreen {
  const stdin = new TerminalStdin(io.stdin, () => screen.show(`-- ${waitsText}`));
  // What readline asks of a terminal's stream, it has.
  const terminal = stdin as Readable as NodeJS.ReadStream;
  const screen = new PromptScreen({ ...io, stdin: terminal }, options);
  return screen;
}

class PromptScreen implements LineScreen {
  readonly takesEntered = true;
  readonly interrupted: Promise<"interrupted">;
  readonly #output: NodeJS.WriteStream;
  readonly #editor: Interface & { prevRows?: number };
  readonly #leaving: string;
  #prompt = "> ";
  #isOver = false;
  /** Whether the line holds a `leaving` that was not typed. */
  #isOffered = false;

  constructor({ stdin, stdout }: Io, { leaving, complete }: PromptOptions) {
    this.#leaving = leaving;
    this.#output = stdout.stream;
    this.#editor = createInterface({
      input: stdin,
      output: this.#output,
      terminal: true,
      historySize: 1000,
      completer: (line: string) => [complete(line), line],
    });
    // Whatever ends the process, a bug included: the terminal is left as it was found.
    process.once("exit", () => stdin.setRawMode?.(false));
    this.interrupted = new Promise((resolve) => {
      this.#editor.on("SIGINT", () => this.#interrupt(resolve));
    });
    this.#editor.on("SIGTSTP", () => this.#suspend(stdin));
    // Before the editor's own listener: what the key does, it does to an empty line.
    stdin.prependListener("keypress", (_text, key: Key | undefined) => this.#pressed(key));
    this.#editor.on("line", (line) => this.#entered(line));
    this.#editor.setPrompt(this.#prompt);
    this.#editor.prompt(true);
  }

  show(text: string): void {
    if (this.#isOver) {
      this.#output.write(`${text}\n`);
      return;
    }
    this.#lift();
    this.#output.write(`${text}\n`);
    this.#lower();
  }

  prompt(text: string): void {
    if (text === this.#prompt || this.#isOver) return;
    this.#lift();
    this.#prompt = text;
    this.#editor.setPrompt(text);
    this.#lower();
  }

  lines(): AsyncIterable<string> {
    return this.#editor;
  }

  /** A terminal takes what it is given at once, or blocks. */
  ready(): Promise<void> {
    return Promise.resolve();
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#lift();
    this.#editor.close();
  }

  /** Takes prompt and typed text off the screen; the cursor stands where they began. */
  #lift(): void {
    this.#clearFrom(this.#editor.getCursorPos().rows);
  }

  /**
   * Draws them again. The editor would first go up the rows that it believes to have drawn, which
   * after input in a burst are not those that it has; here there are none.
   */
  #lower(): void {
    this.#editor.prevRows = 0;
    this.#editor.prompt(true);
  }

  /** What was typed stands above the cursor still: what the program shows of it will replace it. */
  #entered(line: string): void {
    this.#isOffered = false;
    this.#clearFrom(
      displayRows(this.#prompt + line, this.#output.columns || Number.POSITIVE_INFINITY),
    );
    this.#editor.prompt(true);
  }

  #clearFrom(rowsAbove: number): void {
    if (rowsAbove > 0) moveCursor(this.#output, 0, -rowsAbove);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
  }

  /** Once clears the line, on an empty line offers to leave, and then does. */
  #interrupt(resolve: (ending: "interrupted") => void): void {
    const { line } = this.#editor;
    if (line === this.#leaving) return resolve("interrupted");
    this.#empty();
    if (line !== "") return;
    this.show("-- Ctrl-C again, or Enter, to leave");
    this.#editor.write(this.#leaving);
    this.#isOffered = true;
  }

  /** Any key but those that accept it takes an offer away. */
  #pressed(key: Key | undefined): void {
    if (!this.#isOffered) return;
    const { name, ctrl } = key ?? {};
    if (name === "return" || name === "enter" || (name === "c" && ctrl)) return;
    this.#isOffered = false;
    this.#empty();
  }

  #empty(): void {
    this.#editor.write(null, { ctrl: true, name: "e" });
    this.#editor.write(null, { ctrl: true, name: "u" });
  }

  /**
   * Stops the whole group: a parent such as `bun run` would keep the terminal otherwise. A group
   * that no shell waits for is not stopped by this, nor told to go on; so a timer, not SIGCONT.
   */
  #suspend(stdin: Io["stdin"]): void {
    this.#lift();
    stdin.setRawMode?.(false);
    process.kill(0, "SIGTSTP");
    startTimer(stopMs, () => {
      if (this.#isOver) return;
      stdin.setRawMode?.(true);
      this.#lower();
    });
  }
}
