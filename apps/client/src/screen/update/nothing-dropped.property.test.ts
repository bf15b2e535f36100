// Whatever is typed and pasted, wherever the caret stands and whatever lies open: what stands in the
// line, what waits to be put in and what a message says was left out are all of it.

import { afterAll, expect, test } from "bun:test";
import { editorUnitsMax } from "@maru/tui/editor";
import fc from "fast-check";
import { inLobby, type Script } from "../../../test/fixtures/scripted-screen.ts";
import { lineOf } from "./paste-update.ts";

const { seed = Date.now() } = fc.readConfigureGlobal();
afterAll(() => process.stdout.write(`seed of what is dropped: ${seed}\n`));

/** One unit and one character each, and none that joins another. */
const text = fc
  .record({
    letters: fc.stringMatching(/^[a-z 한漢\n]{1,12}$/),
    times: fc.constantFrom(1, 1, 3, 400, 3000, 9000),
  })
  .map(({ letters, times }) => letters.repeat(times));
const acts = fc.oneof(
  { weight: 3, arbitrary: text.map((pasted) => ({ kind: "paste", text: pasted }) as const) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom("a", "b", "한")
      .map((typed) => ({ kind: "key", text: typed }) as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom("enter", "left", "home", "ctrl-a", "ctrl-e", "ctrl-j", "f1", "ctrl-g")
      .map((chord) => ({ kind: "chord", chord, text: "" }) as const),
  },
);
type Act = typeof acts extends fc.Arbitrary<infer T> ? T : never;

/** Everything that holds something of what was given: the line, and what lies over it. */
function held({ model: { editor, overlay } }: Script): number {
  const over =
    overlay?.kind === "paste" ? overlay.text : overlay?.kind === "list" ? overlay.filter.text : "";
  return editor.text.length + over.length;
}

/** Characters that the message says were left out in this step, of those that the line knows of. */
function leftOut({ model: { toast } }: Script, knownBefore: number): number {
  const text = toast?.text ?? "";
  const [, many = "0"] = /([\d,]+) characters?/.exec(text) ?? [];
  const told = Number(many.replaceAll(",", ""));
  // Vain tries are counted on.
  return text.includes("is full") && told > knownBefore ? told - knownBefore : told;
}

/** What one act left out by its message: it went nowhere at all, or so much found no room. */
function lostBy(script: Script, act: Act, textBefore: string, knownBefore: number): number {
  if (script.toast.includes("goes nowhere")) return act.text.length;
  return leftOut(script, lineOf(script.model).text === textBefore ? knownBefore : 0);
}

function give(script: Script, act: Act): void {
  script.model = { ...script.model, toast: null };
  if (act.kind === "paste") script.paste(act.text);
  else if (act.kind === "key") script.type(act.text);
  else script.press(act.chord);
}

test("the line, the paste that waits and what was told are all that was given", () => {
  const full = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(full, fc.array(acts, { maxLength: 40 }), (room, list) => {
      const script = inLobby();
      script.paste("x".repeat(editorUnitsMax - room));
      script.press("enter");
      for (const act of list) {
        const { overlay } = script.model;
        const line = lineOf(script.model);
        // Sent in parts, joined to one line, or chosen from: that is what the key is for.
        const isAsked = overlay?.kind === "paste";
        if (act.kind === "chord" && act.chord === "enter" && !isAsked) continue;
        if (act.kind === "chord" && act.chord === "ctrl-j" && isAsked) continue;
        const before = held(script);
        give(script, act);
        const isNewline = act.kind === "chord" && act.chord === "ctrl-j" && overlay === null;
        const given = isNewline ? 1 : act.text.length;
        const lost = lostBy(script, act, line.text, line.refused);
        // A list that closes, or one line of what was several, is what was asked for.
        if (overlay?.kind === "list" && act.kind !== "key") continue;
        expect(held(script) - before + lost).toBe(given);
      }
    }),
    { seed, numRuns: 60 },
  );
}, 60_000);
