// A chat client in line mode on a pseudo-terminal: what is typed goes in, and a model of the screen shows what a
// person would see. Waits for what is on the screen, never for time.

import { clientEnvironment, clientMain } from "./processes.ts";
import { TerminalModel } from "./terminal-model.ts";

export class Pty {
  readonly exited: Promise<number>;
  /** Every byte that reached the terminal. */
  raw = "";
  readonly #terminal: Bun.Terminal;
  readonly #process: Bun.Subprocess;
  readonly #screen: TerminalModel;
  #changed: (() => void) | null = null;

  constructor(columns: number, ...args: string[]) {
    const decoder = new TextDecoder();
    this.#screen = new TerminalModel(columns);
    this.#terminal = new Bun.Terminal({
      cols: columns,
      rows: 24,
      data: (_terminal, data) => {
        const text = decoder.decode(data, { stream: true });
        this.raw += text;
        this.#screen.write(text);
        this.#changed?.();
      },
    });
    this.#process = Bun.spawn([process.execPath, clientMain, "--plain", ...args], {
      terminal: this.#terminal,
      env: { ...clientEnvironment, NO_COLOR: "1", TERM: "xterm-256color" },
    });
    this.exited = this.#process.exited;
  }

  get lines(): string[] {
    return this.#screen.lines;
  }

  get cursor(): { row: number; column: number } {
    return this.#screen.cursor;
  }

  type(text: string): void {
    this.#terminal.write(text);
  }

  resize(columns: number): void {
    this.#terminal.resize(columns, 24);
  }

  kill(): void {
    this.#process.kill("SIGKILL");
    this.#terminal.close();
  }

  /** Resolves when the screen's lines satisfy `seen`; the test's own timeout is the limit. */
  async until(seen: (lines: readonly string[]) => boolean): Promise<void> {
    while (!seen(this.lines)) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }
}
