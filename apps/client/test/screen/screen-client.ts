// The whole client on a pseudo-terminal of its own: what is typed goes in, an emulator shows what a
// person would see. Waits for what is on the screen, never for time. Owns the process, and the
// directory of its settings and of what it keeps.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Changes } from "@maru/testkit";
import { TerminalEmulator } from "@maru/tui/testing";
import { clientEnvironment, clientMain } from "../processes.ts";

const directories = new Set<string>();
const running = new Set<ScreenClient>();

/** A directory for the settings and the state of one person. */
export function newHome(settings = ""): string {
  const home = mkdtempSync(join(tmpdir(), "maru-screen-"));
  directories.add(home);
  mkdirSync(join(home, "config", "maru"), { recursive: true });
  if (settings !== "") writeFileSync(join(home, "config", "maru", "client.toml"), settings);
  return home;
}

/** Ends what the tests of a file have started; each file hooks it in itself. */
export async function endScreens(): Promise<void> {
  const clients = [...running];
  for (const client of clients) {
    endSession(client.process.pid);
    client.kill();
  }
  await Promise.all(clients.map((client) => client.exited));
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  directories.clear();
}

/** What a shell has started lives on without it, and would write where everything is removed. */
function endSession(leader: number): void {
  if (!existsSync("/proc/self/stat")) return;
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const session = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3]);
      if (session === leader) process.kill(Number(name), "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

export interface ScreenOptions {
  readonly home?: string;
  readonly columns?: number;
  readonly height?: number;
  readonly nick?: string;
  readonly room?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  /** A terminal that answers, and counts so. */
  readonly cellsOf?: (letter: string) => number;
  /** Instead of the client itself: a shell, that starts it. */
  readonly command?: readonly string[];
}

/** The client's own command line, for a shell. */
export function clientCommand(
  address: string,
  { nick = "ann", room = "den", flags = [] }: ScreenOptions,
) {
  const url = `maru://${address.replace("maru://", "")}/${room}`;
  return [process.execPath, clientMain, url, "--nick", nick, ...flags];
}

export class ScreenClient {
  readonly home: string;
  readonly exited: Promise<number>;
  readonly screen: TerminalEmulator;
  readonly process: Bun.Subprocess;
  readonly terminal: Bun.Terminal;
  /** Every byte that reached the terminal. */
  raw = "";
  /** A sequence that the emulator does not know. */
  problem: unknown = null;
  readonly #changes = new Changes();

  constructor(address: string, options: ScreenOptions = {}) {
    const { columns = 100, height = 24 } = options;
    const decoder = new TextDecoder();
    this.home = options.home ?? newHome();
    this.screen = new TerminalEmulator(columns, height);
    if (options.cellsOf !== undefined) {
      this.screen.cellsOf = options.cellsOf;
      this.screen.onQuestion = (answer) => this.type(answer);
    }
    this.process = Bun.spawn([...(options.command ?? clientCommand(address, options))], {
      // Made by the spawn: only so it is the process's controlling terminal, and resizes are told.
      terminal: {
        cols: columns,
        rows: height,
        data: (_terminal, data) => this.#read(decoder.decode(data, { stream: true })),
      },
      env: {
        ...clientEnvironment,
        TERM: "xterm-256color",
        NO_COLOR: "1",
        TZ: "UTC",
        XDG_STATE_HOME: join(this.home, "state"),
        XDG_CONFIG_HOME: join(this.home, "config"),
        ...options.environment,
      },
    });
    const { terminal } = this.process;
    if (terminal === undefined) throw new Error("no terminal");
    this.terminal = terminal;
    this.exited = this.process.exited.then((code) => {
      running.delete(this);
      this.#changes.tell();
      return code;
    });
    running.add(this);
  }

  /** Begins, and waits until the room is there. */
  static async start(address: string, options: ScreenOptions = {}): Promise<ScreenClient> {
    const client = new ScreenClient(address, options);
    await client.online();
    return client;
  }

  #read(text: string): void {
    this.raw += text;
    try {
      this.screen.write(text);
    } catch (error) {
      this.problem ??= error;
    }
    this.#changes.tell();
  }

  get lines(): string[] {
    return this.screen.lines;
  }

  /** What is typed, as the last row shows it, without the prompt. */
  get typed(): string {
    return (this.lines.at(-1) ?? "").replace(/^\S*> ?/, "");
  }

  type(bytes: string | Uint8Array): void {
    this.terminal.write(bytes);
  }

  resize(columns: number, height: number): void {
    this.screen.resize(columns, height);
    this.terminal.resize(columns, height);
  }

  kill(signal: NodeJS.Signals = "SIGKILL"): void {
    this.process.kill(signal);
  }

  /** The terminal goes away, as when its window is closed. */
  hangUp(): void {
    this.terminal.close();
  }

  /** Resolves when a whole frame satisfies `seen`. */
  until(seen: (screen: TerminalEmulator) => boolean): Promise<void> {
    const isSeen = () => {
      if (this.screen.isSettled && seen(this.screen)) return true;
      if (this.problem !== null) throw this.problem;
      if (this.process.exitCode !== null) throw new Error(`it ended: ${this.screen.text}`);
      return false;
    };
    return this.#changes.until(isSeen, () => this.screen.text);
  }

  async shows(text: string): Promise<void> {
    await this.until((screen) => screen.text.includes(text));
  }

  async online(): Promise<void> {
    await this.until(({ text }) => /\bonline\b/.test(text));
  }

  /** Resolves when the raw bytes hold `text` behind `from`. */
  wrote(text: string, from = 0): Promise<void> {
    return this.#changes.until(
      () => this.raw.includes(text, from),
      () => JSON.stringify(this.raw.slice(from)),
    );
  }
}
