// A chat client in line mode on a pseudo-terminal: what is typed goes in, and an emulator shows what a person
// would see. Waits for what is on the screen, never for time.

import { Changes } from "@maru/testkit";
import { TerminalEmulator } from "@maru/tui/testing";
import { clientEnvironment, clientMain } from "./processes.ts";

/** More than any test writes, so that nothing that was seen scrolls away. */
const rowsShown = 500;

export class Pty {
  readonly exited: Promise<number>;
  /** Every byte that reached the terminal. */
  raw = "";
  readonly #terminal: Bun.Terminal;
  readonly #process: Bun.Subprocess;
  readonly #screen: TerminalEmulator;
  readonly #changes = new Changes();

  constructor(columns: number, ...args: string[]) {
    const decoder = new TextDecoder();
    this.#screen = new TerminalEmulator(columns, rowsShown);
    this.#terminal = new Bun.Terminal({
      cols: columns,
      rows: 24,
      data: (_terminal, data) => {
        const text = decoder.decode(data, { stream: true });
        this.raw += text;
        this.#screen.write(text);
        this.#changes.tell();
      },
    });
    this.#process = Bun.spawn([process.execPath, clientMain, "--plain", ...args], {
      terminal: this.#terminal,
      env: { ...clientEnvironment, NO_COLOR: "1", TERM: "xterm-256color" },
    });
    this.exited = this.#process.exited;
  }

  /** Without the empty ones at the end. */
  get lines(): string[] {
    const { lines } = this.#screen;
    return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
  }

  get cursor(): { row: number; column: number } {
    const { x, y } = this.#screen.cursor ?? { x: 0, y: 0 };
    return { row: y, column: x };
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

  /** Resolves when the screen's lines satisfy `seen`. */
  until(seen: (lines: readonly string[]) => boolean): Promise<void> {
    return this.#changes.until(
      () => seen(this.lines),
      () => this.lines.join("\n"),
    );
  }
}
