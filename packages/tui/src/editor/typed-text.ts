// What may stand in an editor: letters, spaces and newlines. Everything else that a keyboard, a
// clipboard or a file can hold is taken out here. Pure; in time linear in the text.

/** Spaces for a tab: it has no width of its own. */
const tab = "    ";
const plain = /^[\x20-\x7e\n]*$/;
const controls = /[^\P{Cc}\n]/gu;
/** What turns the order of letters around; readers of Maru would see U+FFFD. */
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** `text` in NFC, its lines ended by `\n`, tabs as spaces, nothing that a terminal obeys. */
export function typedText(text: string): string {
  if (plain.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replaceAll("\t", tab)
    .replace(controls, "")
    .replace(bidi, "")
    .normalize("NFC");
}

/** Characters (code points) of a text. */
export function characterCount(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at += 1) {
    // The second half of a pair.
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count -= 1;
  }
  return count;
}

/** Characters that `typedText` takes out of a text for good: what stands for nothing in a line. */
export function untypableCount(text: string): number {
  if (plain.test(text)) return 0;
  const kept = text.toWellFormed().replace(/[\r\n\t]/g, "");
  return (kept.match(controls)?.length ?? 0) + (kept.match(bidi)?.length ?? 0);
}
