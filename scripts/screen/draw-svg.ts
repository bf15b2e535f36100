// A screen of cells as an SVG: every letter stands in its own cell, whatever font is there, lines are
// drawn as lines, and nothing is fetched from anywhere. Pure; what the cells hold is screen-driver.ts's.

import type { SeenSpan } from "@maru/tui/testing";
import { cellWidth, graphemesOf } from "@maru/tui/text";
import { colourOf, mixed, type Palette } from "./palette.ts";
import type { Sight } from "./screen-driver.ts";

export interface Caption {
  readonly title: string;
  /** What is to be seen, for who does not see it. */
  readonly about: string;
  readonly palette: Palette;
}

/** Of one cell, and of what surrounds them all, in pixels. */
const cell = { width: 8.4, height: 18 };
const margin = 14;
const fontSize = 14;
/** From the top of a cell to the line that letters stand on. */
const baseline = 13.3;
/** How much of its colour dim text keeps. */
const dimPart = 0.58;

const fonts = [
  "ui-monospace, 'SF Mono', SFMono-Regular, Menlo, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono'",
  "D2Coding, 'Noto Sans Mono CJK KR', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic'",
  "'Noto Color Emoji', 'Apple Color Emoji', 'Segoe UI Emoji', monospace",
].join(", ");

/** x and y go from 0 to 1 in one cell. */
type Stroke = readonly [fromX: number, fromY: number, toX: number, toY: number];

/** The lines that a terminal draws from cell to cell: fonts leave gaps between them. */
const strokes: Readonly<Record<string, readonly Stroke[]>> = {
  "─": [[0, 0.5, 1, 0.5]],
  "│": [[0.5, 0, 0.5, 1]],
  "┌": [
    [0.5, 0.5, 1, 0.5],
    [0.5, 0.5, 0.5, 1],
  ],
  "┐": [
    [0, 0.5, 0.5, 0.5],
    [0.5, 0.5, 0.5, 1],
  ],
  "└": [
    [0.5, 0.5, 1, 0.5],
    [0.5, 0, 0.5, 0.5],
  ],
  "┘": [
    [0, 0.5, 0.5, 0.5],
    [0.5, 0, 0.5, 0.5],
  ],
};

export function drawSvg(sight: Sight, { title, about, palette }: Caption): string {
  const width = Math.round(sight.width * cell.width + 2 * margin);
  const height = Math.round(sight.height * cell.height + 2 * margin);
  const ground = groundOf(sight, palette);
  const drawn = sight.spans.map((row, y) => drawRow(row, y, ground, palette));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="desc">${escaped(about)}</desc>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="9" fill="${ground}" stroke="${mixed(palette.foreground, ground, 0.25)}"/>`,
    ...drawn.flatMap(({ grounds }) => grounds),
    ...caretOf(sight, palette),
    `<g font-family="${fonts}" font-size="${fontSize}">`,
    ...drawn.flatMap(({ letters }) => letters),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/** What the screen has for its ground: the colour behind its last cell. */
function groundOf({ spans }: Sight, palette: Palette): string {
  const last = spans.at(-1)?.at(-1)?.bg ?? "default";
  return colourOf(last, palette.background, palette);
}

interface Drawn {
  readonly grounds: readonly string[];
  readonly letters: readonly string[];
}

function drawRow(row: readonly SeenSpan[], y: number, ground: string, palette: Palette): Drawn {
  const grounds: string[] = [];
  const letters: string[] = [];
  let x = 0;
  for (const span of row) {
    const { fg, bg } = coloursOf(span, palette);
    if (bg !== ground) grounds.push(box(x, y, span.cells, bg));
    letters.push(...drawSpan(span, { x, y }, fg));
    x += span.cells;
  }
  return { grounds, letters };
}

function coloursOf({ fg, bg, attributes }: SeenSpan, palette: Palette) {
  const front = colourOf(fg, palette.foreground, palette);
  const back = colourOf(bg, palette.background, palette);
  const [ink, paper] = attributes.includes("inverse") ? [back, front] : [front, back];
  return { fg: attributes.includes("dim") ? mixed(ink, paper, dimPart) : ink, bg: paper };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** What of it are words of narrow letters is one text; every other letter stands for itself. */
function drawSpan({ text, attributes }: SeenSpan, { x, y }: Place, fill: string): string[] {
  const look = [
    ` fill="${fill}"`,
    attributes.includes("bold") ? ' font-weight="bold"' : "",
    attributes.includes("italic") ? ' font-style="italic"' : "",
  ].join("");
  const drawn = piecesOf(text, x).map((piece): string => {
    const strokes = lineStrokes(piece.text);
    if (strokes !== null) return drawStrokes(strokes, left(piece.x), top(y), fill);
    if (piece.text === halfBlock) return box(piece.x, y, 0.5, fill);
    return drawText(piece, tidy(top(y) + baseline), look);
  });
  if (!attributes.includes("underline")) return drawn;
  const rule = tidy(top(y) + baseline + 2);
  const end = left(x + cellWidth(text));
  return [...drawn, `<path d="M${left(x)} ${rule}H${end}" stroke="${fill}"/>`];
}

interface Piece {
  readonly text: string;
  readonly x: number;
  readonly cells: number;
}

const halfBlock = "▌";

/** Letters that every fixed font has stay together, with one space between words; blanks are none. */
function piecesOf(text: string, x: number): Piece[] {
  const pieces: Piece[] = [];
  let column = x;
  for (const letter of graphemesOf(text)) {
    const cells = cellWidth(letter);
    const last = pieces.at(-1);
    // At most one blank lies between.
    const gap = last === undefined ? null : column - last.x - last.cells;
    if (last !== undefined && (gap === 0 || gap === 1) && isPlain(last.text) && isPlain(letter)) {
      const joined = last.text + " ".repeat(gap) + letter;
      pieces.splice(-1, 1, { text: joined, x: last.x, cells: last.cells + gap + cells });
    } else if (letter !== " ") pieces.push({ text: letter, x: column, cells });
    column += cells;
  }
  return pieces;
}

const isPlain = (text: string): boolean => /^[!-~]+( [!-~]+)*$/.test(text);

/** As wide as its cells, whatever the font is; letters that are drawn by many fonts are left alone. */
function drawText({ text, x, cells }: Piece, y: number, look: string): string {
  const isWord = text.length > 1 && text.length === cells;
  const length = isWord ? ` textLength="${tidy(cells * cell.width)}"` : "";
  const at = isWord ? left(x) : startOf(x, cells);
  return `<text x="${at}" y="${y}"${length}${look}>${escaped(text)}</text>`;
}

/** Wide letters are as wide as the font is high: they stand in the middle of their two cells. */
function startOf(column: number, cells: number): number {
  const space = cells === 2 ? 2 * cell.width - fontSize : 0;
  return tidy(left(column) + space / 2);
}

function drawStrokes(strokes: ReturnType<typeof lineStrokes>, x: number, y: number, fill: string) {
  const path = (strokes ?? []).map(([fromX, fromY, toX, toY]) => {
    const at = (partX: number, partY: number) =>
      `${tidy(x + partX * cell.width)} ${tidy(y + partY * cell.height)}`;
    return `M${at(fromX, fromY)}L${at(toX, toY)}`;
  });
  return `<path d="${path.join("")}" stroke="${fill}"/>`;
}

function caretOf({ caret }: Sight, { foreground }: Palette): string[] {
  if (caret === null) return [];
  return [box(caret.x, caret.y, 1, foreground)];
}

const left = (column: number): number => tidy(margin + column * cell.width);
const top = (row: number): number => tidy(margin + row * cell.height);
const tidy = (value: number): number => Number(value.toFixed(1));

function box(x: number, y: number, cells: number, fill: string): string {
  const width = tidy(cells * cell.width);
  return `<rect x="${left(x)}" y="${top(y)}" width="${width}" height="${cell.height}" fill="${fill}"/>`;
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (letter) => escapes[letter] ?? letter);
}

/** The strokes of a letter that is drawn; null: it is a letter of the font. */
function lineStrokes(letter: string): readonly Stroke[] | null {
  return strokes[letter] ?? null;
}
