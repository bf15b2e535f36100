// Whatever a person writes as a chord: it is refused, or has one canonical form and is stable in it.

import { test } from "bun:test";
import fc from "fast-check";
import { chordLabel, chordOf, namedKeys, parseChord, partsOf } from "./chord.ts";
import { chordProblem } from "./sendable.ts";

const key = fc.oneof(
  fc.constantFrom(...namedKeys),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
);
const chord = fc
  .record({ ctrl: fc.boolean(), alt: fc.boolean(), shift: fc.boolean(), key })
  .map((parts) => chordOf(parts))
  .filter((made) => made !== null);

test("a canonical chord is read as itself, however it is capitalised", () => {
  fc.assert(
    fc.property(chord, (made) => {
      const { ctrl, alt } = partsOf(made);
      if (parseChord(made) !== made) throw new Error(`${made} became ${parseChord(made)}`);
      const label = chordLabel(made, true);
      if ((ctrl || alt) && parseChord(label) !== made) {
        throw new Error(`${made} is shown as ${label}, which is ${parseChord(label)}`);
      }
    }),
  );
});

test("any text is read without a throw, and judged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const made = parseChord(text);
      if (made === null) return;
      chordProblem(made);
      if (parseChord(made) !== made) throw new Error(`${made} became ${parseChord(made)}`);
    }),
  );
});
