// What a person would see: a grid of cells that understands the few sequences that a line editor
// writes. Throws at a sequence that it does not know, so that none goes unnoticed.

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

const esc = String.fromCharCode(0x1b);
const sequence = new RegExp(
  `${esc}\\[(\\??[\\d;]*)([A-Za-z])|\\r\\n|\\r|\\n|[^${esc}\\r\\n]+`,
  "gu",
);

export class TerminalModel {
  readonly #columns: number;
  #rows: string[][] = [[]];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** The screen's lines, without the empty ones at its end. */
  get lines(): string[] {
    const lines = this.#rows.map((row) =>
      Array.from(row, (cell) => cell ?? " ")
        .join("")
        .trimEnd(),
    );
    return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
  }

  get cursor(): { row: number; column: number } {
    return { row: this.#row, column: this.#column };
  }

  write(text: string): void {
    let end = 0;
    for (const match of text.matchAll(sequence)) {
      if (match.index !== end) break;
      end += match[0].length;
      if (match[2] !== undefined) this.#control(match[2], match[1] ?? "");
      else if (match[0] === "\r\n") this.#newline();
      else if (match[0] === "\r") this.#column = 0;
      else if (match[0] === "\n") this.#newline();
      else this.#print(match[0]);
    }
    if (end !== text.length) throw new Error(`not understood: ${JSON.stringify(text.slice(end))}`);
  }

  #control(command: string, argument: string): void {
    const count = Math.max(1, Number.parseInt(argument, 10) || 1);
    const row = this.#rows[this.#row] ?? [];
    if (command === "A") this.#row = Math.max(0, this.#row - count);
    else if (command === "B") this.#down(count);
    else if (command === "C") this.#column = Math.min(this.#columns - 1, this.#column + count);
    else if (command === "D") this.#column = Math.max(0, this.#column - count);
    else if (command === "G") this.#column = count - 1;
    else if (command === "K") row.length = Math.min(row.length, this.#column);
    else if (command === "J") {
      row.length = Math.min(row.length, this.#column);
      this.#rows.length = this.#row + 1;
    } else if (command !== "m" && !argument.startsWith("?")) {
      throw new Error(`not understood: CSI ${argument}${command}`);
    }
  }

  #print(text: string): void {
    for (const { segment } of graphemes.segment(text)) {
      const width = Bun.stringWidth(segment);
      if (this.#column + width > this.#columns) this.#newline();
      const row = this.#rows[this.#row] as string[];
      row[this.#column] = segment;
      if (width === 2) row[this.#column + 1] = "";
      this.#column += width;
    }
  }

  #newline(): void {
    this.#down(1);
    this.#column = 0;
  }

  #down(count: number): void {
    this.#row += count;
    while (this.#rows.length <= this.#row) this.#rows.push([]);
  }
}
