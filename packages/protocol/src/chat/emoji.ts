// What may stand as a reaction: one character as a reader sees it.

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/** Something to be seen: not a lone mark, space or joiner. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The reaction in NFC, or null if it is not one visible grapheme. */
export function parseEmoji(raw: string): string | null {
  const emoji = raw.normalize("NFC");
  const [first, ...rest] = graphemes.segment(emoji);
  return first !== undefined && rest.length === 0 && visible.test(emoji) ? emoji : null;
}
