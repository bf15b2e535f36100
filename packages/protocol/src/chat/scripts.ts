// Which writing system a name is in: the rule that stops `аdmin` with a Cyrillic а.
// After UTS #39 (Unicode Security Mechanisms) 5.1 and 5.3: a string is single-script when one
// writing system covers every character, by its script extensions; Japanese, Korean and Chinese
// are one system each. The scripts are those that UAX #31 recommends for names.

const writingSystems: readonly RegExp[] = [
  ["Latin"],
  ["Hangul", "Han"],
  ["Hiragana", "Katakana", "Han"],
  ["Han", "Bopomofo"],
  ...["Arabic", "Armenian", "Bengali", "Cyrillic", "Devanagari", "Ethiopic", "Georgian", "Greek"],
  ...["Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar"],
  ...["Oriya", "Sinhala", "Tamil", "Telugu", "Thaana", "Thai", "Tibetan"],
].map((scripts) => {
  const letters = [scripts].flat().map((script) => `\\p{Script_Extensions=${script}}`);
  return new RegExp(`^[${letters.join("")}]$`, "u");
});

/** Digits, punctuation and marks that every script uses. */
const shared = /^[\p{Script_Extensions=Common}\p{Script_Extensions=Inherited}]$/u;
/** Letters of no script are drawn like punctuation (`ː`); the ʻ of Hawaiian alone is a letter. */
const scriptless = /^(?!ʻ)\p{L}$/u;

/** A bit for each writing system: those that a character belongs to. */
type Systems = number;
const everySystem: Systems = 2 ** writingSystems.length - 1;
/** A character that has not been asked about. */
const unknown: Systems = -1;
const blockSize = 256;
/** Answers by code point, in blocks that are made when one of theirs is asked for: 4.4 MB at most. */
const known = new Map<number, Int32Array>();

/** Whether one writing system covers all of `name`. */
export function isSingleScript(name: string): boolean {
  let systems = everySystem;
  for (const character of name) {
    systems &= systemsOf(character);
    if (systems === 0) return false;
  }
  return true;
}

/** Each character is judged by the patterns once: names are judged for every text that holds an @. */
function systemsOf(character: string): Systems {
  const codePoint = character.codePointAt(0) ?? 0;
  const number = Math.floor(codePoint / blockSize);
  let block = known.get(number);
  if (block === undefined) {
    block = new Int32Array(blockSize).fill(unknown);
    known.set(number, block);
  }
  const place = codePoint % blockSize;
  if (block[place] === unknown) block[place] = judge(character);
  return block[place] as Systems;
}

function judge(character: string): Systems {
  if (shared.test(character)) return scriptless.test(character) ? 0 : everySystem;
  return writingSystems.reduce(
    (systems, system, index) => systems | (system.test(character) ? 1 << index : 0),
    0,
  );
}

/** Whether `name` mixes 0–9 with the digits of another script, which may look like other ones. */
export function hasMixedDigits(name: string): boolean {
  return /[0-9]/.test(name) && /(?![0-9])\p{Nd}/u.test(name);
}
