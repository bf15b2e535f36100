// One form for all the ways to write the same thing: case and compatibility forms are folded away.
// Owns the folding only; what is allowed is judged in names.ts. Pure and idempotent.
// Close to NFKC_Casefold of Unicode: JavaScript has no case folding of its own.

/** A dot above a letter that has one already draws nothing: `i̇`, which `İ` becomes, is `i`. */
const doubledDot = /(\p{Soft_Dotted})\u0307+/gu;

/** `Ｍaru`, `MARU` and `maru` fold to one string; `ẞ` to `ss`, `İ` and `ı` to `i`, `ς` to `σ`. */
export function foldText(text: string): string {
  // Down, up and down again: only so do ẞ (whose small letter is ß) and ß (in capitals SS) meet.
  const cased = text.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase();
  return cased.replaceAll("ς", "σ").normalize("NFD").replace(doubledDot, "$1").normalize("NFKC");
}
