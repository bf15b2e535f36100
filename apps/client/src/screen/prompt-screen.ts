// The chat on a terminal: a prompt with what is being typed, and everything else above it.
// Owns the terminal's mode from creation to `end`. The line editor is node:readline's; this file
// only takes its line away, writes, and lets it draw itself again.

import {
  clearScreenDown,
  createInterface,
  cursorTo,
  type Interface,
  moveCursor,
} from "node:readline";
import type { Ending } from "../cli/exit-codes.ts";
import { commandNames } from "../command/help.ts";
import type { Io } from "../io/io.ts";
import { displayRows } from "./display-rows.ts";
import type { Screen } from "./screen.ts";

const quit = "/quit";

export class PromptScreen implements Screen {
  readonly showsOwn = true;
  readonly interrupted: Promise<Ending>;
  readonly #output: NodeJS.WriteStream;
  readonly #editor: Interface;
  #prompt = "> ";
  #isOver = false;

  constructor({ stdin, stdout }: Io) {
    this.#output = stdout.stream;
    this.#editor = createInterface({
      input: stdin,
      output: this.#output,
      terminal: true,
      historySize: 1000,
      completer: complete,
    });
    // Whatever ends the process, a bug included: the terminal is left as it was found.
    process.once("exit", () => stdin.setRawMode?.(false));
    this.interrupted = new Promise((resolve) => {
      this.#editor.on("SIGINT", () => this.#interrupt(resolve));
    });
    this.#editor.on("line", (line) => this.#entered(line));
    this.#editor.setPrompt(this.#prompt);
    this.#editor.prompt(true);
  }

  show(text: string): void {
    if (this.#isOver) {
      this.#output.write(`${text}\n`);
      return;
    }
    const rows = this.#lift();
    this.#output.write(`${text}\n`);
    this.#lower(rows);
  }

  prompt(text: string): void {
    if (text === this.#prompt || this.#isOver) return;
    const rows = this.#lift();
    this.#prompt = text;
    this.#editor.setPrompt(text);
    this.#lower(rows);
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
  #lift(): number {
    const { rows } = this.#editor.getCursorPos();
    this.#clearFrom(rows);
    return rows;
  }

  /** Draws them again; the editor goes up the rows that it believes to have drawn below. */
  #lower(rows: number): void {
    this.#output.write("\n".repeat(rows));
    this.#editor.prompt(true);
  }

  /** What was typed stands above the cursor still: the server's own copy will replace it. */
  #entered(line: string): void {
    this.#clearFrom(displayRows(this.#prompt + line, this.#output.columns ?? 80));
    this.#editor.prompt(true);
  }

  #clearFrom(rowsAbove: number): void {
    if (rowsAbove > 0) moveCursor(this.#output, 0, -rowsAbove);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
  }

  /** Once clears the line, on an empty line offers to quit, and then does. */
  #interrupt(resolve: (ending: Ending) => void): void {
    const { line } = this.#editor;
    if (line === quit) return resolve("interrupted");
    this.#editor.write(null, { ctrl: true, name: "e" });
    this.#editor.write(null, { ctrl: true, name: "u" });
    if (line === "") this.#editor.write(quit);
  }
}

function complete(line: string): [string[], string] {
  if (!line.startsWith("/")) return [[], line];
  const names = commandNames.map((name) => `/${name} `);
  return [names.filter((name) => name.startsWith(line.toLowerCase())), line];
}
