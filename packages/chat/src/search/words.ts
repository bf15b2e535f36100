// What a text is found by: its words, folded; of scripts that write no spaces between words, the
// overlapping pairs of characters. Pure; the index, the queries and the search without an index all
// go by it.

/** A run of characters that is cut alike. */
export interface Run {
  readonly kind: "word" | "dense" | "symbol";
  readonly text: string;
}

/**
 * An index that was made by another version must be made anew: to be raised whenever a text may get
 * other words.
 */
export const wordsVersion = 1;

/** Longer words are cut: people don't type them, and an index term has to end somewhere. */
export const wordCharsMax = 64;

/** Scripts of which a character is a word or half of one, or that put no spaces between words. */
const scripts = [
  "Hangul",
  "Han",
  "Hiragana",
  "Katakana",
  "Bopomofo",
  "Thai",
  "Lao",
  "Khmer",
  "Myanmar",
];
const dense = `[[${scripts.map((script) => `\\p{Script=${script}}`).join("")}ー々〆]--\\p{P}]`;
const runs = new RegExp(
  [
    `(?<dense>${dense}[${dense}\\p{M}]*)`,
    `(?<word>[[\\p{L}\\p{N}]--${dense}][[\\p{L}\\p{M}\\p{N}]--${dense}]*)`,
    "(?<symbol>\\p{Regional_Indicator}{2}|\\p{Extended_Pictographic})",
  ].join("|"),
  "gv",
);
const marks = /[\p{Mn}\p{Me}]+/gu;
const invisible = /\p{Default_Ignorable_Code_Point}+/gu;

/** What needs no folding but that of case: most of what is said in English. */
const plain = /^[\0-\x7f]*$/;

/**
 * Case, compatibility forms and invisible characters are folded away. Up and down again: of some
 * letters (`ß`, `ſ`, `ı`) only the capitals are alike.
 */
function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  const visible = text.normalize("NFKC").replace(invisible, "");
  const folded = visible.toLowerCase().toUpperCase().toLowerCase();
  return folded.replaceAll("ς", "σ").normalize("NFKC");
}

/** Without accents, and cut. */
function bare(word: string): string {
  if (plain.test(word)) return word.slice(0, wordCharsMax);
  const unmarked = word.normalize("NFD").replace(marks, "").normalize("NFC");
  return [...unmarked].slice(0, wordCharsMax).join("");
}

export function runsOf(text: string): Run[] {
  const found: Run[] = [];
  for (const { groups } of fold(text).matchAll(runs)) {
    const run = groups as Partial<Record<Run["kind"], string>>;
    if (run.dense !== undefined) found.push({ kind: "dense", text: run.dense });
    else if (run.symbol !== undefined) found.push({ kind: "symbol", text: run.symbol });
    else if (run.word !== undefined) found.push({ kind: "word", text: bare(run.word) });
  }
  return found;
}

/** The overlapping pairs of a dense run: `채팅서버` → `채팅 팅서 서버`; none of a single character. */
export function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** The words of a run, in their order: of a dense one its pairs, then its last character alone. */
export function wordsOfRun({ kind, text }: Run): string[] {
  if (kind !== "dense") return [text];
  return [...pairsOf(text), lastCharacter(text)];
}

export function lastCharacter(text: string): string {
  return [...text].at(-1) ?? "";
}

/** The words of a text, in their order; none is empty or holds a space, a quote or a control. */
export function wordsOf(text: string): string[] {
  return runsOf(text).flatMap(wordsOfRun);
}
