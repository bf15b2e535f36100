// Chords as people and terminals write them, and the ones that no terminal can send.

import { describe, expect, test } from "bun:test";
import { chordLabel, chordOf, namedKeys, parseChord, partsOf } from "./chord.ts";
import { chordProblem } from "./sendable.ts";

test.each([
  ["Ctrl-A", "ctrl-a"],
  ["ctrl+a", "ctrl-a"],
  ["C-a", "ctrl-a"],
  ["M-x", "alt-x"],
  ["meta-left", "alt-left"],
  ["Shift-Alt-Ctrl-Left", "ctrl-alt-shift-left"],
  ["Alt-L", "alt-l"],
  ["alt-shift-l", "alt-shift-l"],
  ["Alt-Return", "alt-enter"],
  ["Esc", "escape"],
  ["PgUp", "pageup"],
  ["pgdn", "pagedown"],
  ["F12", "f12"],
  ["ctrl-/", "ctrl-_"],
  ["ctrl-@", "ctrl-space"],
  ["alt--", "alt--"],
  ["alt-minus", "alt--"],
  ["alt-+", "alt-+"],
  ["Alt-plus", "alt-+"],
  ["alt-shift-1", "alt-1"],
  [" Ctrl-G ", "ctrl-g"],
  ["a", "a"],
  ["-", "-"],
])("%p is %p", (text, chord) => expect(parseChord(text)).toBe(chord));

test.each(["", "ctrl-", "ctrl-ctrl-a", "ctrl-x ctrl-e", "f13", "hyper-a", "alt-ab", "alt-\u001b"])(
  "%p is no chord",
  (text) => expect(parseChord(text)).toBeNull(),
);

test("a capital that a terminal tells is its letter with Shift", () => {
  expect(chordOf({ alt: true, key: "M" })).toBe("alt-shift-m");
  expect(chordOf({ alt: true, key: "m" })).toBe("alt-m");
  expect(chordOf({ key: "A" })).toBe("shift-a");
  expect(chordOf({ shift: true, key: "Up" })).toBe("shift-up");
  expect(chordOf({ shift: true, key: "?" })).toBe("?");
  expect(chordOf({ key: "capslock" })).toBeNull();
});

test("a chord goes by the place of the key while Hangul is typed; typing stays Hangul", () => {
  expect(chordOf({ alt: true, key: "ㅁ" })).toBe("alt-a");
  expect(chordOf({ alt: true, key: "ㅋ" })).toBe("alt-z");
  expect(chordOf({ alt: true, key: "ㄲ" })).toBe("alt-shift-r");
  expect(chordOf({ key: "ㅁ" })).toBe("ㅁ");
});

test("help writes them as people know them", () => {
  const chords = [
    "ctrl-a",
    "alt-a",
    "alt-shift-r",
    "alt-left",
    "shift-tab",
    "pageup",
    "f1",
    "alt--",
  ];
  const labels = ["Ctrl-A", "Alt-A", "Alt-Shift-R", "Alt-←", "Shift-Tab", "PgUp", "F1", "Alt--"];
  expect(chords.map((chord) => chordLabel(chord))).toEqual(labels);
  expect(chordLabel("alt-left", true)).toBe("Alt-Left");
  // Letters whose capital is another's, or two, or whose small form is two characters.
  for (const letter of ["ϐ", "ß", "ı", "İ"]) {
    for (const chord of [`ctrl-${letter}`, `ctrl-alt-${letter}`]) {
      expect([parseChord(chord), parseChord(chordLabel(chord))]).toEqual([chord, chord]);
    }
  }
});

test("a canonical chord comes apart and together again", () => {
  for (const key of [...namedKeys, "a", "-", "_", "마"]) {
    const parts = { ctrl: false, alt: true, shift: key.length > 1, key };
    expect(partsOf(chordOf(parts) ?? "")).toEqual(parts);
  }
});

describe("a terminal can't send", () => {
  test.each([
    ["ctrl-i", "Tab"],
    ["ctrl-m", "Enter"],
    ["ctrl-h", "Backspace"],
    ["ctrl-[", "Esc"],
    ["ctrl-alt-m", "Alt-Enter"],
    ["shift-enter", "use Alt-Enter or Ctrl-J"],
    ["ctrl-enter", "use Alt-Enter or Ctrl-J"],
    ["ctrl-tab", "Tab"],
    ["ctrl-backspace", "Backspace"],
    ["shift-escape", "Esc"],
    ["alt-escape", "Esc"],
    ["ctrl-1", "no Ctrl with this character"],
    ["ctrl-shift-a", "Ctrl-A"],
    ["alt-[", "another character"],
    ["alt-shift-o", "another character"],
    ["a", "types itself"],
    ["space", "types itself"],
    ["shift-a", "types itself"],
  ])("%p, and is told %p", (chord, advice) => {
    expect(chordProblem(chord)).toContain(advice);
  });

  test.each(["ctrl-a", "ctrl-j", "ctrl-_", "ctrl-space", "ctrl-alt-a", "alt-enter", "alt-tab"])(
    "but %p it can",
    (chord) => expect(chordProblem(chord)).toBeNull(),
  );
  test.each([
    "shift-tab",
    "alt-backspace",
    "ctrl-delete",
    "shift-f5",
    "alt-o",
    "alt-,",
    "f1",
    "up",
  ])("nor is %p refused", (chord) => expect(chordProblem(chord)).toBeNull());
});

test("names that every object has are no keys", () => {
  expect(["__proto__", "constructor", "alt-toString"].map(parseChord)).toEqual([null, null, null]);
});
