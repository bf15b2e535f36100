// What the client draws, as cells: the few sequences that it writes, and the screen as it stands at
// the end of each frame. Judges nothing; text is one cell a character, which is all the bench types.

const esc = "\x1b";
const bell = "\x07";
const endOfFrame = "\x1b[?2026l";
/** A sequence that never ends would be kept for ever. */
const restUnitsMax = 65_536;

export interface Cursor {
  /** From 0. */
  readonly x: number;
  readonly y: number;
}

export class TerminalCells {
  readonly width: number;
  readonly height: number;
  readonly #onFrame: () => void;
  #rows: string[][];
  #x = 0;
  #y = 0;
  #rest = "";

  /** `onFrame` at the end of each frame, where a terminal shows it. */
  constructor(size: { readonly width: number; readonly height: number }, onFrame: () => void) {
    this.width = size.width;
    this.height = size.height;
    this.#onFrame = onFrame;
    this.#rows = blank(size);
  }

  get cursor(): Cursor {
    return { x: this.#x, y: this.#y };
  }

  get rows(): string[] {
    return this.#rows.map((row) => row.join(""));
  }

  write(more: string): void {
    const text = this.#rest + more;
    this.#rest = "";
    for (let at = 0; at < text.length; ) {
      if (text[at] !== esc) {
        const next = text.indexOf(esc, at);
        const end = next < 0 ? text.length : next;
        this.#print(text.slice(at, end));
        at = end;
        continue;
      }
      const end = sequenceEnd(text, at);
      if (end < 0) {
        this.#rest = text.slice(at);
        if (this.#rest.length > restUnitsMax) throw new Error("a sequence without an end");
        return;
      }
      this.#obey(text.slice(at, end));
      at = end;
    }
  }

  #obey(sequence: string): void {
    if (sequence === endOfFrame) return this.#onFrame();
    if (!sequence.startsWith(`${esc}[`)) return;
    const [argument, command] = [sequence.slice(2, -1), sequence.at(-1)];
    if (command === "H") {
      const [y = 1, x = 1] = argument.split(";").map((part) => Number(part) || 1);
      this.#y = y - 1;
      this.#x = x - 1;
    } else if (command === "J" || argument === "?1049") {
      this.#rows = blank(this);
    }
  }

  #print(text: string): void {
    for (const character of text) {
      if (character === "\r") this.#x = 0;
      else if (character === "\n") this.#y += 1;
      else if (character >= " ") {
        const row = this.#rows[this.#y];
        if (row !== undefined && this.#x < this.width) row[this.#x] = character;
        this.#x += 1;
      }
    }
  }
}

function blank({ width, height }: { readonly width: number; readonly height: number }) {
  return Array.from({ length: height }, () => Array.from({ length: width }, () => " "));
}

/** Of the sequence at `at`; -1: it goes on in the next piece. */
function sequenceEnd(text: string, at: number): number {
  const kind = text[at + 1];
  if (kind === undefined) return -1;
  if (kind === "[") {
    for (let next = at + 2; next < text.length; next++) {
      if (text.charCodeAt(next) >= 0x40) return next + 1;
    }
    return -1;
  }
  if (kind !== "]") return at + 2;
  const byBell = text.indexOf(bell, at);
  const byTerminator = text.indexOf(`${esc}\\`, at);
  if (byBell < 0 && byTerminator < 0) return -1;
  if (byTerminator < 0 || (byBell >= 0 && byBell < byTerminator)) return byBell + 1;
  return byTerminator + 2;
}
