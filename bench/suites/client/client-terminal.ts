// The full-screen client as its users run it: a process of its own on a pseudo-terminal of 120 × 40,
// with empty directories for what it keeps. What is typed goes in, what is drawn comes out as cells.
// Owns the process and its directories until it is ended.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Subprocess, Terminal } from "bun";
import { adoptChild, endChild } from "../../harness/children.ts";
import { createScratchDir, entryIn, rootDir, type ScratchDir } from "../../harness/places.ts";
import { TerminalCells } from "./terminal-cells.ts";

export const screenSize = { width: 120, height: 40 } as const;
const endGraceMs = 5_000;

export interface ClientTerminalOptions {
  readonly port: number;
  /** The first is the one that is shown. */
  readonly rooms: readonly string[];
  readonly nick: string;
  /** The program that Bun runs, with its first arguments; the address and the nick follow them. */
  readonly program?: readonly string[];
}

/** After a frame. */
export type FrameListener = (atMs: number) => void;

export class ClientTerminal {
  /** When the process was spawned, by this process's clock. */
  readonly spawnedAtMs: number;
  readonly #home: ScratchDir = createScratchDir();
  readonly #process: Subprocess;
  readonly #terminal: Terminal;
  readonly #cells: TerminalCells;
  readonly #listeners = new Set<FrameListener>();
  #bytes = 0;
  #frames = 0;
  #readAtMs = 0;

  constructor({
    port,
    rooms,
    nick,
    program = [entryIn(rootDir, "client")],
  }: ClientTerminalOptions) {
    this.#cells = new TerminalCells(screenSize, () => {
      this.#frames += 1;
      for (const listener of this.#listeners) listener(this.#readAtMs);
    });
    const decoder = new TextDecoder();
    const data = (_terminal: Terminal, bytes: Uint8Array) => {
      this.#readAtMs = performance.now();
      this.#bytes += bytes.length;
      this.#cells.write(decoder.decode(bytes, { stream: true }));
    };
    const env = environmentIn(this.#home.path, rooms);
    this.spawnedAtMs = performance.now();
    // Without a room in it: those of the settings are opened.
    const address = `maru://127.0.0.1:${port}`;
    const child = Bun.spawn([process.execPath, ...program, address, "--nick", nick], {
      cwd: rootDir,
      env,
      terminal: { cols: screenSize.width, rows: screenSize.height, data },
    });
    this.#process = adoptChild(child);
    if (child.terminal === undefined) throw new Error("there is no pseudo-terminal here");
    this.#terminal = child.terminal;
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Written to the terminal so far. */
  get drawn(): { readonly bytes: number; readonly frames: number } {
    return { bytes: this.#bytes, frames: this.#frames };
  }

  get rows(): string[] {
    return this.#cells.rows;
  }

  get cursor() {
    return this.#cells.cursor;
  }

  /** As the terminal would send it, now. */
  type(keys: string): void {
    this.#terminal.write(keys);
  }

  /** Call what it returns to hear no more. */
  onFrame(listener: FrameListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** When the first frame came in which it is so, by this process's clock; throws after `withinMs`. */
  until(what: string, isSo: (rows: readonly string[]) => boolean, withinMs: number) {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const look = (atMs: number) => {
      if (isSo(this.rows)) resolve(atMs);
    };
    const stop = this.onFrame(look);
    const late = setTimeout(() => {
      const shown = this.rows.map((row) => row.trimEnd()).filter((row) => row !== "");
      reject(new Error(`not on the screen after ${withinMs} ms: ${what}\n${shown.join("\n")}`));
    }, withinMs);
    void this.#process.exited.then((code) => reject(new Error(`the client ended with ${code}`)));
    if (this.#frames > 0) look(performance.now());
    return promise.finally(() => {
      stop();
      clearTimeout(late);
    });
  }

  async end(): Promise<void> {
    await endChild(this.#process, endGraceMs);
    this.#terminal.close();
    this.#home.remove();
  }
}

/** Nothing of the person who runs the bench: neither settings nor what their client keeps. */
function environmentIn(home: string, rooms: readonly string[]) {
  const settings = join(home, "config/maru");
  mkdirSync(settings, { recursive: true });
  const list = rooms.map((room) => JSON.stringify(room)).join(", ");
  writeFileSync(join(settings, "client.toml"), `rooms = [${list}]\n`);
  const unset = { MARU_CONFIG: "", MARU_NICK: "", MARU_SERVER: "", NO_COLOR: "" };
  const kind = { TERM: "xterm-256color", COLORTERM: "truecolor" };
  const homes = { XDG_CONFIG_HOME: join(home, "config"), XDG_STATE_HOME: join(home, "state") };
  return { ...process.env, ...unset, ...kind, ...homes };
}
