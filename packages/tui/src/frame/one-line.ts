// An editor of one line in a given width: the part around the caret. Pure.

import type { Editor } from "../editor/editor.ts";
import { cellWidth, cutToWidth } from "../text/cell-width.ts";
import { graphemesOf } from "../text/graphemes.ts";
import { sanitizeLine } from "../text/sanitize.ts";

/** The text that is seen, at most `width` cells, and the column of the caret in it, < width. */
export function oneLine(
  { text, caret }: Pick<Editor, "text" | "caret">,
  width: number,
): { text: string; column: number } {
  const before = endOf(sanitizeLine(text.slice(0, caret)), Math.max(0, width - 1));
  const column = cellWidth(before);
  const behind = cutToWidth(sanitizeLine(text.slice(caret)), Math.max(0, width - column), "");
  return { text: before + behind, column };
}

/** The last part of `text` that fits into `width` cells. */
function endOf(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  let cells = 0;
  const kept: string[] = [];
  // Of a long text only as much as can be seen is measured.
  for (const grapheme of graphemesOf(text).reverse()) {
    cells += cellWidth(grapheme);
    if (cells > width) break;
    kept.push(grapheme);
  }
  return kept.reverse().join("");
}
