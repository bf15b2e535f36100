// What may stand in a text: the rules that keep one person's line from harming another's terminal.
// Pure functions over strings; the schemas use the pattern, the hub the byte bound.

/** UTF-8 bytes of one message's text. */
export const textBytesMax = 8192;

/** UTF-8 bytes of a room's topic. */
export const topicBytesMax = 512;

/**
 * No control characters but `\n` and `\t`: no C0, DEL or C1 (8-bit escape sequences), and no unpaired
 * surrogates, which have no UTF-8. A `u` pattern reads paired surrogates as one character.
 */
export const textPattern = /^[\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\u{10ffff}]*$/u;

/** One line: no `\n` either. */
export const linePattern = /^[\u0020-\u007e\u00a0-\ud7ff\ue000-\u{10ffff}]*$/u;

const outsideText = /[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\u{10ffff}]/u;
const outsideLine = /[^\u0020-\u007e\u00a0-\ud7ff\ue000-\u{10ffff}]/u;

/** The first character of `text` that may not be sent, in words; null: each of them may. */
export function forbiddenCharacter(text: string, isLine = false): string | null {
  const [found] = (isLine ? outsideLine : outsideText).exec(text) ?? [];
  if (found === undefined) return null;
  const code = found.codePointAt(0) ?? 0;
  const kind = code >= 0xd800 && code <= 0xdfff ? "unpaired surrogate" : "control character";
  return `the ${kind} U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Bytes of `text` in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // Each half of a surrogate pair adds one: 2 units are 4 bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** Whether `text` fits in `bytesMax` bytes of UTF-8; nearly always answered from its length alone. */
export function fitsUtf8(text: string, bytesMax: number): boolean {
  if (text.length * 3 <= bytesMax) return true;
  return text.length <= bytesMax && utf8Bytes(text) <= bytesMax;
}
