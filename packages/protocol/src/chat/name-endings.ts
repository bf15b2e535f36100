// What Korean writes behind a name without a space: 님, 야, 한테. Says which names may stand before
// such an ending. Pure; never decides which of them is meant.

type After = "any" | "consonant" | "vowel";

/** Endings, and behind what sound: 민준 is followed by 이, 준호 by 가. It spares most false names. */
const endings: readonly (readonly [string, After])[] = [
  ...behind("any", ["님", "씨", "께", "께서", "에게", "한테", "도", "의", "만", "보다", "처럼"]),
  ...behind("consonant", ["아", "이", "은", "을", "과", "이랑"]),
  ...behind("vowel", ["야", "는", "를", "가", "와", "랑"]),
];
/** Those that another may follow: 준호님께, 민준이가. */
const inner: typeof endings = [...behind("any", ["님", "씨"]), ...behind("consonant", ["이"])];

/** A name in letters that mix neither with Hangul nor with Han ends where Hangul begins. */
const foreign = /^[^\p{Script=Hangul}\p{Script=Han}]+(?=\p{Script=Hangul})/u;
const [firstSyllable, lastSyllable, finals] = [0xac00, 0xd7a3, 28];

/** The names in NFC that remain of `name`, in NFC, without a Korean ending; a few at most. */
export function withoutEndings(name: string): readonly string[] {
  if (!/\p{Script=Hangul}/u.test(name)) return [];
  const [before] = foreign.exec(name) ?? [];
  if (before !== undefined && /\p{L}/u.test(before)) return [before];
  const once = cut(name, endings);
  return [...once, ...once.flatMap((bare) => cut(bare, inner))];
}

function behind(after: After, written: readonly string[]): (readonly [string, After])[] {
  return written.map((ending) => [ending, after] as const);
}

function cut(name: string, from: typeof endings): string[] {
  return from
    .filter(([ending]) => name.length > ending.length && name.endsWith(ending))
    .map(([ending, after]) => [name.slice(0, -ending.length), after] as const)
    .filter(([bare, after]) => fits(bare, after))
    .map(([bare]) => bare);
}

/** What is no syllable, such as a digit, may be read either way. */
function fits(bare: string, after: After): boolean {
  const last = bare.charCodeAt(bare.length - 1);
  if (after === "any" || last < firstSyllable || last > lastSyllable) return true;
  return ((last - firstSyllable) % finals !== 0) === (after === "consonant");
}
