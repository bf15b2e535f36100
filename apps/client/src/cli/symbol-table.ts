// The symbols as `check-symbols` prints them: a bar stands behind each where the client believes that
// it ends, so that a terminal which draws one wider shows it. Pure.

import { avoiding, cellWidth, drawnText, symbolClasses } from "@maru/tui/text";

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

/** What the terminal has answered the client, some time. */
export interface FoundSymbols {
  /** The terminal; "" where nothing names it. */
  readonly name: string;
  /** What it counts otherwise; null: it does not answer; undefined: it was not asked yet. */
  readonly otherwise: readonly string[] | null | undefined;
}

export function symbolTable(symbols: readonly TableSymbol[], found: FoundSymbols): string {
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
    `This terminal${found.name === "" ? "" : ` (${found.name})`}: ${foundText(found.otherwise)}`,
    "",
  ].join("\n");
}

function foundText(otherwise: FoundSymbols["otherwise"]): string {
  if (otherwise === undefined) return "not asked yet; the chat asks it when it starts.";
  if (otherwise === null) {
    return 'it does not tell what it counts; if bits are left behind, set symbols = "plain".';
  }
  const classes = symbolClasses.filter(({ name }) => otherwise.includes(name));
  if (classes.length === 0) return "it counts every letter that was tried as the client does.";
  const width = Math.max(...classes.map(({ name }) => name.length));
  const rows = classes.map(({ name, sample }) => {
    const drawn = drawnText(sample, avoiding([name])).trimEnd();
    return `  ${name.padEnd(width)}  ${drawn}`;
  });
  return ["it counts these otherwise; drawn instead:", ...rows].join("\n");
}
