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

/** Whether one writing system covers all of `name`. */
export function isSingleScript(name: string): boolean {
  let candidates = writingSystems;
  for (const character of name) {
    if (shared.test(character)) {
      if (scriptless.test(character)) return false;
      continue;
    }
    candidates = candidates.filter((system) => system.test(character));
    if (candidates.length === 0) return false;
  }
  return true;
}

/** Whether `name` mixes 0–9 with the digits of another script, which may look like other ones. */
export function hasMixedDigits(name: string): boolean {
  return /[0-9]/.test(name) && /(?![0-9])\p{Nd}/u.test(name);
}
