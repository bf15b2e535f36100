// What may stand as a reaction: one character as a reader sees it, and one spelling for each.
// Identity goes by what is seen: how a text spells a sign (with or without a selector, composed or
// not) makes no other sign of it. Skin tones, flags and joined figures are signs of their own.

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/** Something to be seen: not a lone mark, space or joiner. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Selectors ask for a look, text or emoji, of the character before; terminals draw as they do. */
const selectors = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** A flag of a region (🏴󠁧󠁢󠁳󠁣󠁴󠁿), and a joiner between two figures: these draw something. */
const tagged = "\\u{1f3f4}[\\u{e0020}-\\u{e007e}]+\\u{e007f}";
const joining =
  "(?<=\\p{Extended_Pictographic}\\p{Emoji_Modifier}?)\\u200d(?=\\p{Extended_Pictographic})";
const undrawn = new RegExp(`${tagged}|${joining}|(\\p{Default_Ignorable_Code_Point})`, "gu");
/** What Unicode draws as text unless a selector follows; with a skin tone it is an emoji already. */
const textual =
  /(?!\p{Emoji_Presentation})(?=\p{Emoji})\p{Extended_Pictographic}(?!\p{Emoji_Modifier})/gu;
const keycap = /([0-9#*])\u20e3/gu;

/**
 * The one spelling of a sign: equal spellings, one sign. In NFC, without what draws nothing, and with
 * the selector that Unicode's fully-qualified emoji have. Total and idempotent; judges nothing.
 */
export function canonicalEmoji(text: string): string {
  return text
    .replace(selectors, "")
    .replace(undrawn, (found, drawsNothing?: string) => (drawsNothing === undefined ? found : ""))
    .normalize("NFC")
    .replace(textual, "$&\ufe0f")
    .replace(keycap, "$1\ufe0f\u20e3");
}

/** The reaction in its one spelling, or null if it is not one visible grapheme. */
export function parseEmoji(raw: string): string | null {
  const emoji = canonicalEmoji(raw);
  const [first, ...rest] = graphemes.segment(emoji);
  return first !== undefined && rest.length === 0 && visible.test(emoji) ? emoji : null;
}
