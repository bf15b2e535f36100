// What of a text is drawn: all of it, but for what the terminal at hand counts otherwise than we do,
// and a selector on which terminals disagree: ❤️ is two cells for some and one for others, and drawn
// without the selector one everywhere. As wide as the text, to the cell, so that no row is torn.
// What is sent is untouched. Pure.

import { cellWidth } from "./cell-width.ts";
import { emojiSelector, isSelected } from "./emoji-selector.ts";
import { eachGrapheme } from "./graphemes.ts";
import { replacement, type SymbolClass, symbolClasses } from "./symbol-classes.ts";

/** What a terminal counts otherwise, ready to be looked for. */
export interface Avoided {
  readonly names: readonly string[];
  readonly classes: readonly { readonly holds: RegExp; readonly drawn: SymbolClass["drawn"] }[];
  /** What a text holds that is not drawn as it is. */
  readonly any: RegExp;
}

export function avoiding(names: Iterable<string>): Avoided {
  const wanted = new Set(names);
  const classes = symbolClasses.filter(({ name }) => wanted.has(name));
  return {
    names: classes.map(({ name }) => name),
    classes: classes.map(({ signs, drawn }) => ({ holds: new RegExp(`[${signs}]`, "u"), drawn })),
    any: new RegExp(`[${emojiSelector}${classes.map(({ signs }) => signs).join("")}]`, "u"),
  };
}

export const nothingAvoided: Avoided = avoiding([]);

export function drawnText(text: string, avoided: Avoided = nothingAvoided): string {
  if (!avoided.any.test(text)) return text;
  let drawn = "";
  eachGrapheme(text, (start, end) => {
    drawn += drawnLetter(text.slice(start, end), avoided);
    return true;
  });
  // A letter that is drawn otherwise may join its neighbour.
  return cellWidth(drawn) === cellWidth(text) ? drawn : replacement.repeat(cellWidth(text));
}

function drawnLetter(letter: string, { classes }: Avoided): string {
  let drawn = isSelected(letter) ? letter.slice(0, -1) : letter;
  for (const each of classes) if (each.holds.test(drawn)) drawn = each.drawn(drawn);
  if (drawn === letter || isSelected(letter)) return drawn;
  const less = cellWidth(letter) - cellWidth(drawn);
  return less < 0 ? replacement.repeat(cellWidth(letter)) : drawn + " ".repeat(less);
}
