// What may stand as a reaction: one character as a reader sees it, and one spelling for each.
// Identity goes by what is seen: how a text spells a sign (with or without a selector, composed or
// not) makes no other sign of it. What several programs draw differently is no one sign, and refused:
// an emoji is one that Unicode recommends for interchange, or a single one that is newer.

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Selectors ask for a look, text or emoji, of the character before; terminals draw as they do. */
const selectors = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** Letters that name a flag's region, and what ends them; a joiner between two figures: these draw. */
const tags = "[\\u{e0020}-\\u{e007f}]";
const joining =
  "(?<=\\p{Extended_Pictographic}\\p{Emoji_Modifier}?)\\u200d(?=\\p{Extended_Pictographic})";
const undrawn = new RegExp(`${joining}|${tags}|(\\p{Default_Ignorable_Code_Point})`, "gu");
/** What Unicode draws as text unless a selector follows; with a skin tone it is an emoji already. */
const textual =
  /(?!\p{Emoji_Presentation})(?=\p{Emoji})\p{Extended_Pictographic}(?!\p{Emoji_Modifier})/gu;
const keycap = /([0-9#*])\u20e3/gu;

/** Emoji as every program of today knows them: the sequences, too. */
const recommended = /^\p{RGI_Emoji}$/v;
/** One that the runtime's Unicode is too old for, or a pictograph that is a mere symbol. */
const singlePictograph = /^\p{Extended_Pictographic}$/u;
/** A letter, digit or mark with what stands on it, and nothing that emoji are made of. */
const plain =
  /^(?=[\p{L}\p{N}\p{P}\p{S}])[[\p{L}\p{M}\p{N}\p{P}\p{S}]--[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}\ufe0f]]+$/v;
/** Symbols and letters that stand for something and draw nothing: Braille's, music's, Egypt's. */
const blank = /[\u2800\ufffc\u{1d159}\u{13441}\u{13442}]/u;

/** The same mark twice lies on itself. */
const markedTwice = /(\p{M}).*\1/u;
/** Something to be seen: not a lone mark, space or joiner. */
const visible = /[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]/u;

const blackFlag = "\u{1f3f4}";
const tagged = new RegExp(`${blackFlag}${tags}+|${tags}`, "gu");
const tones = /(\p{Emoji_Modifier_Base}\p{Emoji_Modifier})\p{Emoji_Modifier}+/gu;

/** One spelling for all that differs in what draws nothing: NFC, fully-qualified emoji. */
function spelled(text: string): string {
  return text
    .replace(selectors, "")
    .replace(undrawn, (found, drawsNothing?: string) => (drawsNothing === undefined ? found : ""))
    .normalize("NFC")
    .replace(textual, "$&\ufe0f")
    .replace(keycap, "$1\ufe0f\u20e3");
}

/** A flag whose tags name no region is drawn as a black one, and other tags not at all. */
function untagged(found: string): string {
  if (recommended.test(found)) return found;
  return found.startsWith(blackFlag) ? blackFlag : "";
}

/**
 * The one spelling of a sign: equal spellings, one sign. In NFC, without what draws nothing, and with
 * the selector that Unicode's fully-qualified emoji have. Total and idempotent; judges nothing, for
 * logs hold what earlier versions let pass: of that, tags of no region and tones on tones are left out.
 */
export function canonicalEmoji(text: string): string {
  return spelled(spelled(text).replace(tagged, untagged).replace(tones, "$1"));
}

/** The reaction in its one spelling, or null if it is not one sign that everybody sees as such. */
export function parseEmoji(raw: string): string | null {
  const sign = spelled(raw);
  if (recommended.test(sign) || singlePictograph.test(sign)) return sign;
  const isSeen = plain.test(sign) && !blank.test(sign) && !markedTwice.test(sign.normalize("NFD"));
  return isSeen && isOneLetter(sign) ? sign : null;
}

/**
 * A reaction to be taken back, which may be one that an earlier version let pass, in its one spelling;
 * null if no version did.
 */
export function parseFormerEmoji(raw: string): string | null {
  const sign = canonicalEmoji(raw);
  return isOneLetter(sign) && visible.test(sign) ? sign : null;
}

function isOneLetter(text: string): boolean {
  const [first, ...rest] = graphemes.segment(text);
  return first !== undefined && rest.length === 0;
}
