// Types a text into the client, one character at a time and each when it is due, and watches which of
// it stands on the screen before the cursor, and since when. A character that is lost or garbled is
// never taken for one that is there. At the end what was typed is sent, and looked for in the room.

import type { SeededRandom } from "@maru/testkit";
import type { Faults } from "../../harness/outcome.ts";
import { type ClientTerminal, screenSize } from "./client-terminal.ts";
import type { TalkServer } from "./talk-server.ts";
import type { Cursor } from "./terminal-cells.ts";

export interface Sight {
  readonly rows: readonly string[];
  readonly cursor: Cursor;
}

/**
 * The text of an input that begins in column `left`, up to the cursor. The text has no spaces, so a
 * row above belongs to it where it is full from there to the edge.
 */
export function inputBefore({ rows, cursor }: Sight, left: number): string {
  let text = (rows[cursor.y] ?? "").slice(left, Math.max(left, cursor.x));
  for (let y = cursor.y - 1; y >= 0; y--) {
    const row = (rows[y] ?? "").slice(left);
    const isInput = row.length === screenSize.width - left && !/[^!-~]/.test(row);
    if (!isInput) break;
    text = row + text;
  }
  return text;
}

export class EchoWatch {
  readonly #text: string;
  readonly #left: number;
  readonly #writtenAtMs: number[] = [];
  readonly #echoMs: number[] = [];

  /** `left`: the column in which the empty input has its cursor. */
  constructor(text: string, left: number) {
    this.#text = text;
    this.#left = left;
  }

  get echoMs(): readonly number[] {
    return this.#echoMs;
  }

  get isWhole(): boolean {
    return this.#echoMs.length === this.#text.length;
  }

  /** The next character goes to the terminal now. */
  written(atMs: number): void {
    this.#writtenAtMs.push(atMs);
  }

  /** A frame was read at that time. */
  look(sight: Sight, atMs: number): void {
    const input = inputBefore(sight, this.#left);
    if (input !== this.#text.slice(0, input.length)) return;
    for (let at = this.#echoMs.length; at < input.length; at++) {
      const writtenAtMs = this.#writtenAtMs[at];
      if (writtenAtMs !== undefined) this.#echoMs.push(atMs - writtenAtMs);
    }
  }
}

export const keysPerSecondDefault = 20;
/** After the last key, for echoes that are still to come; and for what is sent then. */
export const patienceMsDefault = 5_000;
const enter = "\r";
const lookMs = 20;

/** Letters, any number of them, no two runs alike: what is lost can't be made up by what follows. */
export function typedText(length: number, random: SeededRandom): string {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  return Array.from({ length }, () => letters[random.below(letters.length)]).join("");
}

export interface Typed {
  readonly echoMs: readonly number[];
  readonly faults: Faults;
}

/** The input must be empty. */
export async function typeText(
  terminal: ClientTerminal,
  text: string,
  pace: { readonly keysPerSecond: number; readonly patienceMs: number },
): Promise<Typed> {
  const watch = new EchoWatch(text, terminal.cursor.x);
  const stop = terminal.onFrame((atMs) =>
    watch.look({ rows: terminal.rows, cursor: terminal.cursor }, atMs),
  );
  const beganMs = performance.now();
  for (const [at, character] of [...text].entries()) {
    const dueMs = beganMs + (at * 1_000) / pace.keysPerSecond;
    while (performance.now() < dueMs) await Bun.sleep(Math.max(0, dueMs - performance.now()));
    watch.written(performance.now());
    terminal.type(character);
  }
  const untilMs = performance.now() + pace.patienceMs;
  while (!watch.isWhole && performance.now() < untilMs) await Bun.sleep(lookMs);
  stop();
  return {
    echoMs: watch.echoMs,
    faults: { "keys without an echo": text.length - watch.echoMs.length },
  };
}

/** Sends what stands in the input; counts what of the text did not come to be said. */
export async function sendTyped(
  { server, terminal }: { readonly server: TalkServer; readonly terminal: ClientTerminal },
  said: {
    readonly room: string;
    readonly nick: string;
    readonly text: string;
    readonly patienceMs: number;
  },
): Promise<Faults> {
  terminal.type(enter);
  const untilMs = performance.now() + said.patienceMs;
  let found: string | undefined;
  while (found === undefined && performance.now() < untilMs) {
    await Bun.sleep(lookMs);
    found = (await server.newest(said.room)).findLast(({ from }) => from === said.nick)?.text;
  }
  const heard = found ?? "";
  return {
    "keys lost": Math.max(0, said.text.length - heard.length),
    "another text said": heard === said.text ? 0 : 1,
  };
}
