// The symbols as `check-symbols` prints them: a bar stands behind each where the client believes that
// it ends, so that a terminal which draws one wider shows it. Pure.

import { cellWidth } from "../text/cell-width.ts";

export interface TableSymbol {
  readonly name: string;
  readonly unicode: string;
  readonly ascii: string;
  readonly about: string;
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

export function symbolTable(symbols: readonly TableSymbol[]): string {
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
    "Symbols: drawn, cells, with --ascii, name",
    ...rows,
    "",
    "Text: drawn, cells",
    ...texts,
    "",
    "The right bars of each part stand below each other where the terminal draws what is counted.",
    "",
  ].join("\n");
}
