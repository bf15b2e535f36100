// What was found: further pages of it, and the same once more.

import { expect, test } from "bun:test";
import type { Effect } from "../model/step.ts";
import { choicesOf } from "../screen/choices.ts";
import { overlayContent } from "../view/screen/overlay-view.ts";
import { fault, inLobby, type Script, said } from "./scripted-screen.ts";

type Search = Extract<Effect, { type: "search" }>;

const searches = (script: Script): readonly Search[] => script.asked("search");

function answer(script: Script, seqs: readonly number[], more: boolean): void {
  const asked = searches(script).at(-1);
  if (asked === undefined) throw new Error("nothing was looked for");
  const messages = seqs.map((seq) => said("lobby", seq, "bob", `tea ${seq}`));
  script.do({ type: "found", query: asked.query, messages, more, isBehind: false, asked });
}

const labels = ({ model }: Script): readonly string[] =>
  model.overlay?.kind === "list" ? choicesOf(model.overlay).map(({ label }) => label) : [];
const seqsOf = (script: Script) => labels(script).map((label) => label.replace("bob: tea ", ""));
const drawn = ({ model }: Script): string =>
  (overlayContent(model, { width: 60, height: 20 })?.rows ?? [])
    .map((row) =>
      row
        .map(({ text }) => text)
        .join("")
        .trimEnd(),
    )
    .join("\n");

test("the last line of what was found leads to what is older, by numbers in a room", () => {
  const script = inLobby();
  script.enter("/search tea");
  answer(script, [7, 9], true);
  expect(seqsOf(script)).toEqual(["9", "7", "older ones"]);
  expect(drawn(script)).toContain("2 found");
  expect(script.press("down", "down")).toEqual([]);
  expect(script.press("down")).toEqual([
    { type: "search", query: "tea", room: "lobby", before: 7 },
  ]);
  expect(drawn(script)).toContain("fetching older ones…");
  expect(script.press("down", "enter")).toEqual([]);
  answer(script, [2, 4], false);
  expect(seqsOf(script)).toEqual(["9", "7", "4", "2"]);
  script.press("enter");
  expect(script.model.jump).toMatchObject({ sought: { seq: 4 } });
});

test("in all rooms it goes by their time, and nothing is listed twice", () => {
  const script = inLobby();
  script.enter("/search -a tea");
  answer(script, [7, 9], true);
  script.press("down", "down", "enter");
  expect(searches(script).at(-1)).toMatchObject({ room: null, until: said("lobby", 7).at });
  answer(script, [7], true);
  expect(seqsOf(script)).toEqual(["9", "7", "older ones"]);
  script.press("enter");
  expect(searches(script).at(-1)).toMatchObject({ until: said("lobby", 7).at - 1 });
});

test("what is older can be asked for again when it failed, and comes to no other list", () => {
  const script = inLobby();
  script.enter("/search tea");
  answer(script, [7, 9], true);
  script.press("down", "down", "enter");
  const [effect] = searches(script).slice(-1);
  if (effect === undefined) throw new Error("nothing was asked");
  script.do({ type: "failed", effect, error: fault });
  expect(script.press("enter")).toEqual([effect]);
  script.press("escape", "ctrl-g");
  answer(script, [2], false);
  expect(script.model.overlay).toMatchObject({ kind: "list", purpose: "switch" });
});

test("Enter on an empty search finds once more what was found last", () => {
  const script = inLobby();
  script.press("ctrl-f", "enter");
  expect([script.model.overlay, searches(script)]).toEqual([null, []]);
  script.enter("/search -a tea");
  answer(script, [7], false);
  script.press("enter", "ctrl-f");
  expect(drawn(script)).toContain("Enter finds tea in all rooms again");
  expect(script.press("enter")).toEqual([{ type: "search", query: "tea", room: null }]);
  expect(script.model.overlay).toMatchObject({ purpose: "found", isWaiting: true });
});
