// Chords: keys with their modifiers, and which of them a terminal can send.

export { chordLabel, parseChord } from "./chord.ts";
export { chordProblem } from "./sendable.ts";
