// Which chords a terminal can't send, or sends as something else: why, and what to use instead.
// Judges canonical chords (key/chord.ts). A binding to one of these would be a key that is dead.

import { chordLabel, partsOf } from "./chord.ts";

/** Ctrl with these is one byte with another key's: 0x09, 0x0d, 0x08 and 0x1b. */
const ctrlTwins: Readonly<Record<string, string>> = {
  i: "tab",
  m: "enter",
  h: "backspace",
  "[": "escape",
};

/** What Ctrl makes a byte of, besides the letters. */
const ctrlCharacters = new Set(["_", "\\", "]", "^"]);

/** Escape and one of these begins a longer sequence, whose end a terminal would wait for. */
const sequenceBeginnings = new Set(["[", "]", "^", "_", "shift-o", "shift-p", "shift-x"]);

const onlyPlain = new Set(["enter", "tab", "escape", "backspace"]);

/** Why `chord` can't be bound, with what to use instead; null when it can. */
export function chordProblem(chord: string): string | null {
  const { ctrl, alt, shift, key } = partsOf(chord);
  const isCharacter = [...key].length === 1 || key === "space";
  if (isCharacter && !ctrl && !alt) return "it types itself; bind it with Ctrl or Alt";
  if (ctrl && isCharacter) return ctrlProblem(alt, shift, key);
  if (alt && isCharacter) {
    return sequenceBeginnings.has(`${shift ? "shift-" : ""}${key}`)
      ? "a terminal begins its own sequences with it; use another character"
      : null;
  }
  if (key === "escape" && (ctrl || alt || shift)) return sameAs("escape");
  if (onlyPlain.has(key) && (ctrl || (shift && key !== "tab"))) {
    const instead = key === "enter" ? "; use Alt-Enter or Ctrl-J" : "";
    const plain = key === "tab" && shift ? "shift-tab" : key;
    return `${sameAs(alt ? `alt-${plain}` : plain)}${instead}`;
  }
  return null;
}

function ctrlProblem(alt: boolean, shift: boolean, key: string): string | null {
  const twin = ctrlTwins[key];
  if (twin !== undefined) {
    const same = alt ? `alt-${twin}` : twin;
    return chordProblem(same) === null ? `${sameAs(same)}; bind that` : sameAs(twin);
  }
  if (shift) return `${sameAs(`ctrl-${alt ? "alt-" : ""}${key}`)}; bind that, or one with Alt`;
  if (/^[a-z]$/.test(key) || key === "space" || ctrlCharacters.has(key)) return null;
  return "terminals send no Ctrl with this character; use Ctrl with a letter, or Alt";
}

const sameAs = (chord: string): string =>
  `most terminals send the same as for ${chordLabel(chord)}`;
