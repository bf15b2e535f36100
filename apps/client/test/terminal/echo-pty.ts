// The echo program in a real pseudo-terminal: what is typed goes in as bytes, what the program heard
// and every byte that it wrote come out. Waits for what happens, never for time.

import { Changes } from "@maru/testkit";
import type { TerminalInput } from "@maru/tui/input";

type Told =
  | TerminalInput
  | { type: "started"; size: { width: number; height: number } }
  | { type: "counted"; names: readonly string[] | null }
  | { type: "lent" | "returned" | "ended" | "blocked" | "full" };

export interface EchoOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** What the program runs in, made of its command line: tmux. */
  readonly within?: (program: readonly string[]) => readonly string[];
  /** What is typed before the program has begun. */
  readonly typedBefore?: string;
}

export class EchoPty {
  /** Every byte that reached the terminal. */
  raw = "";
  readonly told: Told[] = [];
  readonly exited: Promise<number>;
  readonly process: Bun.Subprocess;
  readonly #terminal: Bun.Terminal;
  readonly #server: Bun.TCPSocketListener<undefined>;
  #socket: Bun.Socket<undefined> | null = null;
  readonly #changes = new Changes();
  #drained = 0;
  #marks = 0;

  static async start(options: EchoOptions = {}): Promise<EchoPty> {
    const pty = new EchoPty(options);
    // Nothing reads yet, and the terminal is in no mode of ours.
    if (options.typedBefore !== undefined) pty.type(options.typedBefore);
    await pty.until(() => pty.raw.includes("ready") && pty.told.length > 0);
    return pty;
  }

  private constructor({ columns = 60, rows = 10, environment = {}, within }: EchoOptions) {
    const decoder = new TextDecoder();
    let rest = "";
    const toldDecoder = new TextDecoder();
    this.#server = Bun.listen<undefined>({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        open: (socket) => {
          this.#socket = socket;
        },
        data: (_socket, data) => {
          const lines = (rest + toldDecoder.decode(data, { stream: true })).split("\n");
          rest = lines.pop() ?? "";
          for (const line of lines) this.told.push(JSON.parse(line));
          this.#changes.tell();
        },
      },
    });
    const program = [
      process.execPath,
      `${import.meta.dir}/echo-program.ts`,
      String(this.#server.port),
    ];
    this.process = Bun.spawn([...(within?.(program) ?? program)], {
      // Made by the spawn: only so it is the process's controlling terminal, and resizes are told.
      terminal: {
        cols: columns,
        rows,
        data: (_terminal, data) => {
          this.raw += decoder.decode(data, { stream: true });
          this.#changes.tell();
        },
        drain: () => {
          this.#drained += 1;
          this.#changes.tell();
        },
      },
      env: { ...Bun.env, TERM: "xterm-256color", ...environment },
    });
    const { terminal } = this.process;
    if (terminal === undefined) throw new Error("no terminal");
    this.#terminal = terminal;
    this.exited = this.process.exited;
    this.exited.then(() => this.#changes.tell());
  }

  type(bytes: string | Uint8Array): void {
    this.#terminal.write(bytes);
  }

  /** Types what is more than the system holds; resolves when the program has read enough of it. */
  async typeMuch(bytes: string): Promise<void> {
    const before = this.#drained;
    this.type(bytes);
    await this.until(() => this.#drained > before);
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  order(order: object): void {
    this.#socket?.write(`${JSON.stringify(order)}\n`);
  }

  /** The chords and texts of the keys heard so far. */
  get keys(): string[] {
    return this.told.flatMap((input) => (input.type === "key" ? [input.chord] : []));
  }

  get typed(): string {
    return this.told.flatMap((input) => (input.type === "key" ? [input.text] : [])).join("");
  }

  until(isSo: () => boolean): Promise<void> {
    return this.#changes.until(isSo, () => JSON.stringify([this.raw, this.told]));
  }

  /** Types, and waits for the key that marks the end: F12. */
  async typeWhole(bytes: string | Uint8Array): Promise<void> {
    this.#marks += 1;
    this.type(bytes);
    this.type("\x1b[24~");
    await this.until(() => this.keys.filter((chord) => chord === "f12").length === this.#marks);
  }

  /** The terminal goes away, as when its window is closed. */
  hangUp(): void {
    this.#terminal.close();
  }

  close(): void {
    this.process.kill("SIGKILL");
    this.#server.stop(true);
    this.#terminal.close();
  }
}
