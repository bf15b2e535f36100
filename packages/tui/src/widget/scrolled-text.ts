// A text to be read in a box: wrapped, and scrolled by its rows. Pure.

import type { Row, Size } from "../frame/frame.ts";
import { sanitizeScreen } from "../text/sanitize.ts";
import { wrap } from "../text/wrap.ts";
import type { BoxContent } from "./box.ts";
import type { WidgetSymbols } from "./symbols.ts";

/** A text from elsewhere, harmless, in rows of at most `width` cells. */
export function textRows(text: string, width: number): readonly string[] {
  const harmless = sanitizeScreen(text).replace(/\n+$/, "");
  return wrap(harmless, width).map((row) => row.text);
}

/** The part of `rows` from `top` on that fits, and a hint which part that is, with `closing` behind it. */
export function scrolledRows(
  rows: readonly Row[],
  top: number,
  { height }: Size,
  closing: string,
  { up, down }: WidgetSymbols,
): Pick<BoxContent, "rows" | "hint"> {
  if (rows.length <= height) return { rows, hint: closing };
  const first = Math.max(0, Math.min(top, rows.length - height));
  const end = first + height;
  const marks = `${first > 0 ? up : " "}${end < rows.length ? down : " "}`;
  const part = `${marks} ${first + 1}-${end} of ${rows.length}`;
  return { rows: rows.slice(first, end), hint: closing === "" ? part : `${part}  ${closing}` };
}
