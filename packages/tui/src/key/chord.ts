// A chord: one key with what is held down along with it, written one way only: "ctrl-a", "alt-left".
// Reads what people and terminals write, and tells which chords a terminal can't send. Binds nothing.

export interface ChordParts {
  readonly ctrl?: boolean;
  readonly alt?: boolean;
  readonly shift?: boolean;
  /** A named key, or one character. */
  readonly key: string;
}

export const namedKeys = [
  ...["enter", "tab", "escape", "space", "backspace", "delete", "insert"],
  ...["up", "down", "left", "right", "home", "end", "pageup", "pagedown"],
  ...Array.from({ length: 12 }, (_, index) => `f${index + 1}`),
] as const;

const named: ReadonlySet<string> = new Set(namedKeys);

/** Other names that people know the keys by. */
const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries({
    return: "enter",
    esc: "escape",
    del: "delete",
    ins: "insert",
    pgup: "pageup",
    pgdn: "pagedown",
    pgdown: "pagedown",
    bs: "backspace",
    spacebar: "space",
    minus: "-",
    plus: "+",
    " ": "space",
  }),
);

const modifiers: Readonly<Record<string, "ctrl" | "alt" | "shift">> = {
  ctrl: "ctrl",
  control: "ctrl",
  c: "ctrl",
  alt: "alt",
  meta: "alt",
  option: "alt",
  m: "alt",
  shift: "shift",
  s: "shift",
};

/** The letters of the Korean keyboard by place, so that Alt-a is Alt-a while Hangul is typed, too. */
const hangulKeys = "ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ";
const hangulShifted: Readonly<Record<string, string>> = {
  ㄸ: "e",
  ㄲ: "r",
  ㅆ: "t",
  ㅃ: "q",
  ㅉ: "w",
  ㅒ: "o",
  ㅖ: "p",
};

/** Different names of one byte: terminals send Ctrl-/ as Ctrl-_, and Ctrl-Space as Ctrl-@. */
const sameByte: Readonly<Record<string, string>> = { "/": "_", "@": "space" };

/** The canonical form of a chord that a person wrote ("Ctrl-A", "alt+Left"); null: it is none. */
export function parseChord(text: string): string | null {
  let rest = text.trim();
  const held = { ctrl: false, alt: false, shift: false };
  for (;;) {
    const [found, word = ""] = /^([a-z]+)[-+](?=.)/iu.exec(rest) ?? [];
    const modifier = modifiers[word.toLowerCase()];
    if (found === undefined || modifier === undefined) break;
    if (held[modifier]) return null;
    held[modifier] = true;
    rest = rest.slice(found.length);
  }
  if (rest === "") return text === " " ? "space" : null;
  // "Alt-L" is meant as Alt-l: the capital of a key's name says nothing about Shift.
  return chordOf({ ...held, key: smallOf(rest) });
}

/** A Turkish capital I is small only in two characters: it stays as it is. */
function smallOf(text: string): string {
  const small = text.toLowerCase();
  return [...small].length === [...text].length ? small : text;
}

/** The chord of a key as a terminal tells it; null for a key that has no name here. */
export function chordOf({ ctrl, alt, shift, key }: ChordParts): string | null {
  const written = key.normalize("NFC");
  const name = aliases.get(written.toLowerCase()) ?? written.toLowerCase();
  if (named.has(name)) return joined(ctrl, alt, shift, name);
  const character = aliases.get(written) ?? written;
  if ([...character].length !== 1 || /[\p{C}\p{Z}\p{M}]/u.test(character)) return null;
  const isHeld = ctrl === true || alt === true;
  const { letter, isShifted } = keyOfCharacter(character, shift === true, isHeld);
  const plain = ctrl === true ? (sameByte[letter] ?? letter) : letter;
  return joined(ctrl, alt, isShifted, plain);
}

/** A capital is its letter with Shift; in other characters, Shift is contained already. */
function keyOfCharacter(character: string, shift: boolean, isHeld: boolean) {
  const letter = smallOf(character);
  const shifted = hangulShifted[letter];
  const place = hangulKeys.indexOf(letter);
  if (isHeld && shifted !== undefined) return { letter: shifted, isShifted: true };
  if (isHeld && place >= 0) return { letter: String.fromCharCode(0x61 + place), isShifted: shift };
  const isLetter = letter !== character.toUpperCase();
  return { letter, isShifted: isLetter && (shift || letter !== character) };
}

function joined(ctrl = false, alt = false, shift = false, key: string): string {
  return `${ctrl ? "ctrl-" : ""}${alt ? "alt-" : ""}${shift ? "shift-" : ""}${key}`;
}

/** A canonical chord taken apart. */
export function partsOf(chord: string): Required<ChordParts> {
  const [, ctrl, alt, shift, key = ""] = /^(ctrl-)?(alt-)?(shift-)?(.*)$/su.exec(chord) ?? [];
  return { ctrl: ctrl !== undefined, alt: alt !== undefined, shift: shift !== undefined, key };
}

const arrows: Readonly<Record<string, string>> = { up: "↑", down: "↓", left: "←", right: "→" };
const shortNames: Readonly<Record<string, string>> = {
  escape: "Esc",
  pageup: "PgUp",
  pagedown: "PgDn",
};

/**
 * A canonical chord as people read it, everywhere: "Ctrl-A", "Alt-B", "Alt-Shift-R", "Alt-←". What it
 * gives, `parseChord` reads back, but for arrows. `isAscii`: no arrows.
 */
export function chordLabel(chord: string, isAscii = false): string {
  const { ctrl, alt, shift, key } = partsOf(chord);
  const [small, large] = [key.slice(0, 1), key.slice(0, 1).toUpperCase()];
  // Some small letters share their capital, or have one of two letters: these stay small.
  const capital = large.toLowerCase() === small ? `${large}${key.slice(1)}` : key;
  // A key has its letter's capital on it; a letter alone is what is typed.
  const isTyped = [...key].length === 1 && !ctrl && !alt;
  const arrow = isAscii ? undefined : arrows[key];
  const shown = arrow ?? shortNames[key] ?? (isTyped && !shift ? key : capital);
  return `${ctrl ? "Ctrl-" : ""}${alt ? "Alt-" : ""}${shift && !isTyped ? "Shift-" : ""}${shown}`;
}
