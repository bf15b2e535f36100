import { expect, test } from "bun:test";
import { keyOfControl, keyOfSequence, keyOfText } from "./key-of-sequence.ts";

const chord = (sequence: string) => keyOfSequence(`\x1b${sequence}`)?.chord ?? null;

test("names kitty's keys as the others'", () => {
  const named: Record<string, string | null> = {
    "[97;5u": "ctrl-a",
    "[97;6u": "ctrl-a",
    "[106;5u": "ctrl-j",
    "[13u": "enter",
    "[13;3u": "alt-enter",
    "[13;5u": "enter",
    "[13;2u": "alt-enter",
    "[105;5u": "tab",
    "[109;7u": "alt-enter",
    "[47;5u": "ctrl-_",
    "[32;5u": "ctrl-space",
    "[97;3u": "alt-a",
    "[97:65;4u": "alt-shift-a",
    "[12609::97;5u": "ctrl-a",
    "[12609::97;3u": "alt-a",
    "[1092::97;5u": "ctrl-a",
    "[57352u": "up",
    "[57417u": "left",
    "[57364u": "f1",
    "[57441u": null,
    "[97;1:3u": null,
    "[97;9u": null,
  };
  for (const [sequence, expected] of Object.entries(named)) {
    expect([sequence, chord(sequence)]).toEqual([sequence, expected]);
  }
});

test("types what a key types, and nothing while Ctrl or Alt is held", () => {
  expect(keyOfSequence("\x1b[32;2u")?.text).toBe(" ");
  expect(keyOfSequence("\x1b[97:65;2u")?.text).toBe("A");
  expect(keyOfSequence("\x1b[57404u")?.text).toBe("5");
  expect(keyOfSequence("\x1b[97;3u")?.text).toBe("");
  expect(keyOfSequence("\x1bx")?.text).toBe("");
  expect(keyOfSequence("\x1b[A")?.text).toBe("");
  expect(keyOfText("한")).toEqual({ chord: "한", text: "한" });
});

test("Enter, Ctrl-J, Backspace and Ctrl-_ are four keys", () => {
  expect([13, 10, 127, 31, 8, 0, 28].map((code) => keyOfControl(code)?.chord)).toEqual([
    ...["enter", "ctrl-j", "backspace", "ctrl-_", "backspace", "ctrl-space", "ctrl-\\"],
  ]);
});

test("what is no key is none", () => {
  for (const sequence of [
    "[?62;22c",
    "[24;80R",
    "[?2026;2$y",
    "[4;1;1t",
    "[201~",
    "[99~",
    "[?1u",
  ]) {
    expect([sequence, chord(sequence)]).toEqual([sequence, null]);
  }
});
