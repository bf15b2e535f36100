// Signs with an emoji selector, on which terminals disagree. Pure.

export const emojiSelector = "\ufe0f";

/** A sign and the selector; of other letters the selector may part two that would join without it. */
const sign = /^\p{Extended_Pictographic}\ufe0f$/u;

/** A sign of one cell with U+FE0F (❤ as ❤️): two cells for some terminals, one for others. */
export function isSelected(grapheme: string): boolean {
  return grapheme.endsWith(emojiSelector) && sign.test(grapheme);
}
