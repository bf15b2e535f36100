// What of a text is drawn: all of it, but for a selector on which terminals disagree. Pure.
// A sign of one cell with U+FE0F (❤ as ❤️) is two cells for some and one for others, tmux among them;
// drawn without the selector it is one everywhere, and no row is torn. What is sent is untouched.

import { eachGrapheme } from "./graphemes.ts";

const selector = "\ufe0f";

/** A sign and the selector; of other letters the selector may part two that would join without it. */
const sign = /^\p{Extended_Pictographic}\ufe0f$/u;

export function isSelected(grapheme: string): boolean {
  return grapheme.endsWith(selector) && sign.test(grapheme);
}

export function drawnText(text: string): string {
  if (!text.includes(selector)) return text;
  let drawn = "";
  eachGrapheme(text, (start, end) => {
    const grapheme = text.slice(start, end);
    drawn += isSelected(grapheme) ? grapheme.slice(0, -1) : grapheme;
    return true;
  });
  return drawn;
}
