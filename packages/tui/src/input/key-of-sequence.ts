// What key a control or an escape sequence stands for: legacy, xterm's modifyOtherKeys, rxvt, the
// Linux console and kitty's keyboard. OpenTUI's table names the keys; the names are made canonical
// here (key/chord.ts), so that a key has one name on every terminal. Binds nothing.

import { type ParsedKey, parseKeypress } from "@opentui/core";
import { chordOf } from "../key/chord.ts";

export interface Key {
  readonly chord: string;
  readonly text: string;
}

const esc = "\x1b";

/** One letter of text, as the terminal sent it. */
export function keyOfText(text: string): Key {
  return { chord: chordOf({ key: text }) ?? text, text };
}

/** A C0 control or DEL. Enter is CR alone: LF is Ctrl-J, which begins a new line. */
export function keyOfControl(code: number): Key | null {
  const name = controlNames[code] ?? controlName(code);
  return name === null ? null : { chord: name, text: "" };
}

const controlNames: Readonly<Record<number, string>> = {
  0: "ctrl-space",
  // Some terminals send it for Backspace, others for Ctrl-Backspace.
  8: "backspace",
  9: "tab",
  13: "enter",
  27: "escape",
  127: "backspace",
};

function controlName(code: number): string | null {
  if (code < 0x1b) return `ctrl-${String.fromCharCode(code + 0x60)}`;
  return code < 0x20 ? `ctrl-${String.fromCharCode(code + 0x40)}` : null;
}

/** A whole escape sequence; null: it is no key (a reply, a release, a key of no use). */
export function keyOfSequence(sequence: string): Key | null {
  const alone = sequence.slice(1);
  if ([...alone].length === 1) return alt(keyOfOne(alone));
  if (alone.startsWith(esc)) return alt(keyOfSequence(alone));
  // Xterm's Ctrl-F3 looks like the answer to "where is the cursor", which is asked of another row.
  const parsed = parseKeypress(esc + alone.replace(/^\[1;(\d{1,2})R$/, "[13;$1~"), {
    useKittyKeyboard: true,
  });
  return parsed === null || parsed.eventType === "release" ? null : keyOfParsed(parsed);
}

function keyOfOne(character: string): Key | null {
  const code = character.charCodeAt(0);
  return code < 0x20 || code === 0x7f ? keyOfControl(code) : keyOfText(character);
}

function alt(key: Key | null): Key | null {
  if (key === null || /^(ctrl-)?alt-/.test(key.chord)) return key;
  const [, ctrl = "", rest = ""] = /^(ctrl-)?(.*)$/su.exec(key.chord) ?? [];
  const hasChord = rest === key.chord ? chordOf({ alt: true, key: key.text || rest }) : null;
  return { chord: hasChord ?? `${ctrl}alt-${rest}`, text: "" };
}

function keyOfParsed(key: ParsedKey): Key | null {
  if (key.super || key.hyper) return null;
  const isHeld = key.ctrl || key.meta;
  const name = keyName(key, isHeld);
  if (name === null) return null;
  const chord = chordOf({ ctrl: key.ctrl, alt: key.meta, shift: key.shift, key: name });
  if (chord === null) return null;
  const isPrintable = !isHeld && !isControl(key.sequence) && [...key.sequence].length > 0;
  return { chord: twins(chord), text: isPrintable ? key.sequence : "" };
}

const isControl = (text: string) => /\p{Cc}/u.test(text);

/** The keypad's names, and those of keys that are known by others. */
const otherNames: Readonly<Record<string, string>> = {
  linefeed: "j",
  kpdecimal: ".",
  kpdivide: "/",
  kpmultiply: "*",
  kpminus: "-",
  kpplus: "+",
  kpequal: "=",
  kpseparator: ",",
};

function keyName(key: ParsedKey, isHeld: boolean): string | null {
  if (key.name === "" || key.name === "undefined") return null;
  const isLetter = [...key.name].length === 1;
  // A layout of other letters (Hangul, Cyrillic): with Ctrl or Alt the place counts. Dvorak's don't.
  if (isLetter && isHeld && key.baseCode !== undefined && /[^ -~]/.test(key.name)) {
    return String.fromCodePoint(key.baseCode);
  }
  if (isLetter) return key.name;
  const name = otherNames[key.name] ?? key.name.replace(/^kp(?=.)/, "");
  return name;
}

/**
 * Keys that older terminals can't tell apart act the same where they can be told apart (see
 * key/sendable.ts); only what those would lose gets the meaning that people expect of it.
 */
function twins(chord: string): string {
  const plain = /^ctrl-(alt-)?shift-(.)$/u.exec(chord);
  const same = plain === null ? chord : `ctrl-${plain[1] ?? ""}${plain[2]}`;
  const [, altHeld = "", letter = ""] = /^ctrl-(alt-)?([imh[])$/.exec(same) ?? [];
  if (letter !== "") return altHeld + (ctrlTwins[letter] ?? letter);
  return otherTwins[same] ?? same;
}

const ctrlTwins: Readonly<Record<string, string>> = {
  i: "tab",
  m: "enter",
  h: "backspace",
  "[": "escape",
};

const otherTwins: Readonly<Record<string, string>> = {
  "ctrl-enter": "enter",
  "shift-enter": "alt-enter",
  "shift-backspace": "backspace",
  "ctrl-backspace": "alt-backspace",
  "ctrl-tab": "tab",
  "ctrl-shift-tab": "shift-tab",
  "shift-escape": "escape",
  "ctrl-escape": "escape",
};
