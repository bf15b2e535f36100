// Chords: keys with their modifiers, which of them a terminal can send, and what they do.

export {
  type ActionSpec,
  type Bindings,
  boundOver,
  chordsOf,
  judgeOverrides,
  type KeyHelpRow,
  keyHelpRows,
  keyLabel,
  keyOverridesMax,
  type OwnBindings,
} from "./bindings.ts";
export { chordLabel, parseChord } from "./chord.ts";
export { chordProblem } from "./sendable.ts";
