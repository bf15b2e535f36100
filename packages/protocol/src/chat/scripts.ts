// Which writing system a name is in: the rule that stops `аdmin` with a Cyrillic а.
// After UTS #39 (Unicode Security Mechanisms) 5.1: a string is single-script when one resolved set
// of scripts covers every character; Japanese, Korean and Chinese count as one script each.

interface WritingSystem {
  readonly name: string;
  readonly letters: RegExp;
}

const writingSystems: readonly WritingSystem[] = [
  { name: "Latin", letters: /^[\p{Script=Latin}]$/u },
  { name: "Korean", letters: /^[\p{Script=Hangul}\p{Script=Han}]$/u },
  { name: "Japanese", letters: /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]$/u },
  { name: "Chinese", letters: /^[\p{Script=Han}\p{Script=Bopomofo}]$/u },
  { name: "Cyrillic", letters: /^[\p{Script=Cyrillic}]$/u },
  { name: "Greek", letters: /^[\p{Script=Greek}]$/u },
  { name: "Arabic", letters: /^[\p{Script=Arabic}]$/u },
  { name: "Hebrew", letters: /^[\p{Script=Hebrew}]$/u },
  { name: "Thai", letters: /^[\p{Script=Thai}]$/u },
  { name: "Devanagari", letters: /^[\p{Script=Devanagari}]$/u },
  { name: "Bengali", letters: /^[\p{Script=Bengali}]$/u },
  { name: "Tamil", letters: /^[\p{Script=Tamil}]$/u },
  { name: "Telugu", letters: /^[\p{Script=Telugu}]$/u },
  { name: "Georgian", letters: /^[\p{Script=Georgian}]$/u },
  { name: "Armenian", letters: /^[\p{Script=Armenian}]$/u },
  { name: "Ethiopic", letters: /^[\p{Script=Ethiopic}]$/u },
  { name: "Khmer", letters: /^[\p{Script=Khmer}]$/u },
  { name: "Lao", letters: /^[\p{Script=Lao}]$/u },
  { name: "Myanmar", letters: /^[\p{Script=Myanmar}]$/u },
  { name: "Sinhala", letters: /^[\p{Script=Sinhala}]$/u },
];

/** Marks and digits that belong to every script. */
const shared = /^[\p{Script=Common}\p{Script=Inherited}]$/u;

/** Whether one writing system covers all letters of `name`. */
export function isSingleScript(name: string): boolean {
  let candidates = writingSystems;
  for (const character of name) {
    if (shared.test(character) && character !== "ー") continue;
    candidates = candidates.filter((system) => system.letters.test(character));
    if (candidates.length === 0) return false;
  }
  return true;
}
