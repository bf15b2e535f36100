// The symbols of a program as a table to be looked at: a bar stands behind each where it is believed to
// end, so that a terminal which draws one wider shows it. Pure.

import { cellWidth } from "./cell-width.ts";
import { avoiding, drawnText } from "./drawn-text.ts";
import { symbolClasses } from "./symbol-classes.ts";

/** A character beyond ASCII that a program draws, and what stands for it where there is only ASCII. */
export interface SymbolSpec {
  readonly name: string;
  readonly unicode: string;
  readonly ascii: string;
  readonly about: string;
}

/** What the table calls by the program's own words. */
export interface SymbolTableWords {
  /** How a person asks for ASCII alone. */
  readonly asciiFlag: string;
  /** The terminal counts as the program does; it was not asked; it does not answer. */
  readonly alike: string;
  readonly notAsked: string;
  readonly silent: string;
}

/** Text of several cells that people write, which a terminal may draw otherwise than it is counted. */
const samples = [
  { name: "Hangul", text: "한글" },
  { name: "jamo", text: "\u1112\u1161\u11ab" },
  { name: "Chinese", text: "漢字" },
  { name: "accent", text: "e\u0301" },
  { name: "emoji", text: "👍" },
  { name: "skin tone", text: "👍🏽" },
  { name: "family", text: "👨‍👩‍👧" },
  { name: "flag", text: "🇰🇷" },
];

const sampleCells = 4;

/** What the terminal has answered, some time. */
export interface FoundSymbols {
  /** The terminal; "" where nothing names it. */
  readonly name: string;
  /** What it counts otherwise; null: it does not answer; undefined: it was not asked yet. */
  readonly otherwise: readonly string[] | null | undefined;
}

export function symbolTable(
  symbols: readonly SymbolSpec[],
  found: FoundSymbols,
  words: SymbolTableWords,
): string {
  const width = Math.max(...symbols.map(({ name }) => name.length));
  const rows = symbols.map(({ name, unicode, ascii, about }) => {
    const cells = cellWidth(unicode);
    return `|${unicode}| ${cells}  ${ascii}  ${name.padEnd(width)}  ${about}`;
  });
  const texts = samples.map(({ name, text }) => {
    const cells = cellWidth(text);
    return `|${text}${" ".repeat(Math.max(0, sampleCells - cells))}| ${cells}  ${name}`;
  });
  return [
    `Symbols: drawn, cells, with ${words.asciiFlag}, name`,
    ...rows,
    "",
    "Text: drawn, cells",
    ...texts,
    "",
    "The right bars of each part stand below each other where the terminal draws what is counted.",
    "",
    `This terminal${found.name === "" ? "" : ` (${found.name})`}: ${foundText(found.otherwise, words)}`,
    "",
  ].join("\n");
}

function foundText(otherwise: FoundSymbols["otherwise"], words: SymbolTableWords): string {
  if (otherwise === undefined) return words.notAsked;
  if (otherwise === null) return words.silent;
  const classes = symbolClasses.filter(({ name }) => otherwise.includes(name));
  if (classes.length === 0) return words.alike;
  const width = Math.max(...classes.map(({ name }) => name.length));
  const rows = classes.map(({ name, sample }) => {
    const drawn = drawnText(sample, avoiding([name])).trimEnd();
    return `  ${name.padEnd(width)}  ${drawn}`;
  });
  return ["it counts these otherwise; drawn instead:", ...rows].join("\n");
}
