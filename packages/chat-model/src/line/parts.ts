// A text that is too long for one message, in parts that each fit into one. Pure.
// Cut where a line ends; in a line that is too long, behind a space, or else where a letter ends.

import { graphemesOf } from "@maru/tui/text";

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** Parts of at most `bytesMax` bytes of UTF-8, in order; none is blank. */
export function partsOf(text: string, bytesMax: number): string[] {
  const parts: string[] = [];
  let part = "";
  for (const line of text.split("\n").flatMap((each) => piecesOf(each, bytesMax))) {
    const longer = part === "" ? line.text : `${part}${line.isNew ? "\n" : ""}${line.text}`;
    if (bytesOf(longer) <= bytesMax) {
      part = longer;
      continue;
    }
    parts.push(part);
    part = line.text;
  }
  parts.push(part);
  return parts.filter((each) => each.trim() !== "");
}

interface Piece {
  readonly text: string;
  /** It begins a line. */
  readonly isNew: boolean;
}

/** A line, in as many pieces as it needs. */
function piecesOf(line: string, bytesMax: number): Piece[] {
  if (bytesOf(line) <= bytesMax) return [{ text: line, isNew: true }];
  const pieces: string[] = [];
  let piece = "";
  let bytes = 0;
  for (const letter of graphemesOf(line).flatMap((each) => lettersOf(each, bytesMax))) {
    const more = bytesOf(letter);
    // What is left behind a space may still be too much with a long letter.
    while (piece !== "" && bytes + more > bytesMax) {
      const cut = cutOf(piece);
      pieces.push(piece.slice(0, cut));
      piece = piece.slice(cut);
      bytes = bytesOf(piece);
    }
    piece += letter;
    bytes += more;
  }
  return [...pieces, piece].map((text, index) => ({ text, isNew: index === 0 }));
}

/** Behind the last space, if that stands in the second half; else at the end. */
function cutOf(piece: string): number {
  const space = piece.lastIndexOf(" ") + 1;
  return space > piece.length / 2 ? space : piece.length;
}

/** What is one letter, unless it alone is too long. */
const lettersOf = (grapheme: string, bytesMax: number): readonly string[] =>
  bytesOf(grapheme) <= bytesMax ? [grapheme] : [...grapheme];
