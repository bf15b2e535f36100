// What a person would see: a terminal of cells that understands what the client writes, on the full
// screen and in lines, and nothing more. Strict: it throws at a sequence that it does not know, so that
// none goes unnoticed. Answers the one question that the client asks, where a test wants it.

import { cellWidth } from "../text/cell-width.ts";
import { graphemesOf } from "../text/graphemes.ts";

const esc = "\x1b";
const token = new RegExp(
  [
    `${esc}\\[(?<csi>[<>?]?[0-9;:]*)(?<final>[A-Za-z])`,
    `${esc}\\](?<osc>[0-9]+);(?<body>[^\\x07\\x1b]*)(?:\\x07|${esc}\\\\)`,
    "(?<control>[\\x07\\r\\n])",
    "(?<text>[^\\p{Cc}]+)",
  ].join("|"),
  "uy",
);
/** What may be the beginning of a sequence whose end comes with the next read. */
const unfinished = new RegExp(`^${esc}(?:\\[[<>?]?[0-9;:]*|\\][^\\x07\\x1b]*${esc}?)?$`);

const knownModes = new Set([25, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026, 2027]);
/** Modes that stay on by themselves; 25 is the cursor's. */
const visible = 25;
const alternate = 1049;
const drawing = 2026;

interface Grid {
  rows: string[][];
  row: number;
  column: number;
}

export interface Said {
  readonly kind: "title" | "notify-9" | "notify-777" | "link" | "copy" | "bell";
  readonly text: string;
}

export class TerminalEmulator {
  columns: number;
  height: number;
  /** Modes that are on. */
  readonly modes = new Set<number>([visible]);
  /** Levels of kitty's keyboard that were pushed and not popped; titles that were kept. */
  keyboardDepth = 0;
  titleDepth = 0;
  otherKeys = 0;
  /** Titles, notifications, links, copies and bells, in order. */
  readonly said: Said[] = [];
  /** Times that text ran over the right edge or out at the bottom: a row that is too wide. */
  overflows = 0;
  /** Frames that were drawn whole. */
  frames = 0;
  /** Questions where the cursor is. */
  questions = 0;
  /** Told of each, with the answer. */
  onQuestion: (answer: string) => void = () => {};
  /** How it counts; as we do, if a test does not say otherwise. */
  cellsOf: (letter: string) => number = cellWidth;
  onFrame: () => void = () => {};
  #rest = "";
  #wraps = false;
  #screen: Grid;
  readonly #plain: Grid;

  constructor(columns: number, height: number) {
    this.columns = columns;
    this.height = height;
    this.#plain = { rows: blank(columns, height), row: 0, column: 0 };
    this.#screen = this.#plain;
  }

  /** The rows as text; the second cell of a wide letter is none. */
  get lines(): string[] {
    return this.#screen.rows.map((row) => row.join("").trimEnd());
  }

  /** Each cell's letter; "" behind a wide one. */
  get cells(): readonly (readonly string[])[] {
    return this.#screen.rows;
  }

  get text(): string {
    return this.lines.join("\n");
  }

  /** From 0; null: hidden. */
  get cursor(): { x: number; y: number } | null {
    const { row, column } = this.#screen;
    return this.modes.has(visible) ? { x: Math.min(column, this.columns - 1), y: row } : null;
  }

  /** Between frames: what is seen is whole. */
  get isSettled(): boolean {
    return !this.modes.has(drawing) && this.#rest === "";
  }

  /** As a terminal: what is outside is lost, what is new is blank. */
  resize(columns: number, height: number): void {
    this.columns = columns;
    this.height = height;
    for (const grid of new Set([this.#screen, this.#plain])) {
      const rows = grid.rows.slice(0, height).map((row) => {
        const stored = row.slice(0, columns);
        while (stored.length < columns) stored.push(" ");
        return stored;
      });
      grid.rows = [...rows, ...blank(columns, height - rows.length)];
      grid.row = Math.min(grid.row, height - 1);
      grid.column = Math.min(grid.column, columns - 1);
    }
    this.#wraps = false;
  }

  write(data: string): void {
    const text = this.#rest + data;
    this.#rest = "";
    for (let at = 0; at < text.length; ) {
      token.lastIndex = at;
      const match = token.exec(text);
      const rest = text.slice(at);
      // A letter may go on in the next read; a frame's end comes behind every text.
      const isCut = match === null ? unfinished.test(rest) : token.lastIndex === text.length;
      if (isCut && (match === null || match.groups?.text !== undefined)) {
        if (match === null || this.modes.has(alternate)) {
          this.#rest = rest;
          return;
        }
      }
      if (match?.groups === undefined) throw unknown(rest.slice(0, 40));
      this.#take(match.groups);
      at += match[0].length;
    }
  }

  #take({ csi, final, osc, body, control, text }: Record<string, string | undefined>): void {
    if (text !== undefined) this.#print(text);
    else if (control !== undefined) this.#control(control);
    else if (osc !== undefined) this.#told(osc, body ?? "");
    else this.#command(csi ?? "", final ?? "");
  }

  #command(argument: string, final: string): void {
    const whole = argument + final;
    if (final === "m" && /^[0-9;:]*$/.test(argument)) return;
    this.#wraps = false;
    const mode = /^\?(\d+)$/.exec(argument)?.[1];
    if (mode !== undefined && (final === "h" || final === "l")) this.#mode(Number(mode), final);
    else if (final === "H" && /^(\d+;\d+)?$/.test(argument)) this.#place(argument);
    else if (whole === "2J") this.#screen.rows = blank(this.columns, this.height);
    else if (whole === "6n") this.#answer();
    else if (whole === ">5u") this.keyboardDepth += 1;
    else if (whole === "<u") this.keyboardDepth = Math.max(0, this.keyboardDepth - 1);
    else if (/^>4;[012]m$/.test(whole)) this.otherKeys = Number(argument.at(-1));
    else if (whole === "22;0t") this.titleDepth += 1;
    else if (whole === "23;0t") this.titleDepth = Math.max(0, this.titleDepth - 1);
    else if (!this.modes.has(alternate) && /^\d*[ABCDG]$|^0?[JK]$/.test(whole)) {
      this.#edit(final, Math.max(1, Number(argument)));
    } else throw unknown(`CSI ${whole}`);
  }

  /** What a line editor writes besides, where there is no full screen. */
  #edit(final: string, count: number): void {
    const screen = this.#screen;
    if (final === "A") screen.row = Math.max(0, screen.row - count);
    else if (final === "B") screen.row = Math.min(this.height - 1, screen.row + count);
    else if (final === "C") screen.column = Math.min(this.columns - 1, screen.column + count);
    else if (final === "D") screen.column = Math.max(0, screen.column - count);
    else if (final === "G") screen.column = Math.min(this.columns, count) - 1;
    else {
      const rest = blank(this.columns - screen.column, 1)[0] ?? [];
      screen.rows[screen.row]?.splice(screen.column, rest.length, ...rest);
      const below = this.height - 1 - screen.row;
      if (final === "J") screen.rows.splice(screen.row + 1, below, ...blank(this.columns, below));
    }
  }

  #answer(): void {
    const { row, column } = this.#screen;
    this.questions += 1;
    this.onQuestion(`\x1b[${row + 1};${column + 1}R`);
  }

  #mode(mode: number, final: string): void {
    if (!knownModes.has(mode)) throw unknown(`mode ${mode}`);
    const isOn = final === "h";
    const wasOn = this.modes.has(mode);
    if (isOn) this.modes.add(mode);
    else this.modes.delete(mode);
    if (mode === alternate && isOn !== wasOn) {
      this.#screen = isOn
        ? { rows: blank(this.columns, this.height), row: 0, column: 0 }
        : this.#plain;
    }
    if (mode === drawing && wasOn && !isOn) {
      this.frames += 1;
      this.onFrame();
    }
  }

  #place(argument: string): void {
    const [row = 1, column = 1] = argument === "" ? [] : argument.split(";").map(Number);
    this.#screen.row = Math.max(0, Math.min(row, this.height) - 1);
    this.#screen.column = Math.max(0, Math.min(column, this.columns) - 1);
    if (row > this.height || column > this.columns) this.overflows += 1;
  }

  #told(osc: string, body: string): void {
    if (osc === "8") {
      const address = /^[^;]*;(.*)$/.exec(body)?.[1];
      if (address === undefined) throw unknown(`OSC 8;${body}`);
      if (address !== "") this.said.push({ kind: "link", text: address });
    } else if (osc === "2") this.said.push({ kind: "title", text: body });
    else if (osc === "9") this.said.push({ kind: "notify-9", text: body });
    else if (osc === "777") this.said.push({ kind: "notify-777", text: body });
    else if (osc === "52") this.said.push({ kind: "copy", text: body });
    else throw unknown(`OSC ${osc}`);
  }

  #control(control: string): void {
    if (control === "\x07") this.said.push({ kind: "bell", text: "" });
    else if (this.modes.has(alternate)) throw unknown(JSON.stringify(control));
    else if (control === "\r") this.#screen.column = 0;
    else this.#down();
  }

  #print(text: string): void {
    for (const grapheme of graphemesOf(text)) {
      const width = this.cellsOf(grapheme);
      if (width === 0) continue;
      if (this.#wraps || this.#screen.column + width > this.columns) {
        this.overflows += 1;
        this.#screen.column = 0;
        this.#down();
      }
      this.#put(grapheme, Math.min(width, this.columns));
    }
  }

  #put(grapheme: string, width: number): void {
    const { row, column } = this.#screen;
    const cells = this.#screen.rows[row] ?? [];
    // Half of a wide letter can't stay.
    if (cells[column] === "" && column > 0) cells[column - 1] = " ";
    const behind = column + width;
    if (behind < this.columns && cells[behind] === "") cells[behind] = " ";
    cells[column] = grapheme;
    for (let next = column + 1; next < Math.min(behind, this.columns); next += 1) cells[next] = "";
    this.#wraps = behind >= this.columns;
    this.#screen.column = Math.min(behind, this.columns - 1);
  }

  #down(): void {
    this.#wraps = false;
    if (this.#screen.row < this.height - 1) {
      this.#screen.row += 1;
      return;
    }
    this.#screen.rows = [...this.#screen.rows.slice(1), ...blank(this.columns, 1)];
  }
}

const blank = (columns: number, height: number): string[][] =>
  Array.from({ length: Math.max(0, height) }, () => Array.from({ length: columns }, () => " "));

const unknown = (what: string): Error => new Error(`not understood: ${JSON.stringify(what)}`);
