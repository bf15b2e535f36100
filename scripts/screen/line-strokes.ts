// The lines that a terminal draws from cell to cell, as strokes in one cell: fonts leave gaps between
// them. Only a table; x and y go from 0 to 1, each stroke from one point to another.

type Stroke = readonly [fromX: number, fromY: number, toX: number, toY: number];

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

/** The strokes of a letter that is drawn; null: it is a letter of the font. */
export function lineStrokes(letter: string): readonly Stroke[] | null {
  return strokes[letter] ?? null;
}
