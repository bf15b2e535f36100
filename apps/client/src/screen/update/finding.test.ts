// What was found: further pages of it, and the same once more.

import { expect, test } from "bun:test";
import { choicesOf } from "@maru/chat-model/list";
import type { Effect } from "@maru/chat-model/model";
import { fault, inLobby, type Script, said } from "../../../test/fixtures/scripted-screen.ts";
import { overlayContent } from "../../layout/overlay/overlay-view.ts";

type Search = Extract<Effect, { type: "search" }>;

const searches = (script: Script): readonly Search[] => script.asked("search");

function answer(script: Script, seqs: readonly number[], next: string | null): void {
  const asked = searches(script).at(-1);
  if (asked === undefined) throw new Error("nothing was looked for");
  const messages = seqs.map((seq) => said("lobby", seq, "bob", `tea ${seq}`));
  script.do({ type: "found", query: asked.query, messages, next, isBehind: false, asked });
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

test("the last line of what was found leads to what is older, by what the server gave for it", () => {
  const script = inLobby();
  script.enter("/search tea");
  answer(script, [7, 9], "there");
  expect(seqsOf(script)).toEqual(["9", "7", "older ones"]);
  expect(drawn(script)).toContain("2 found");
  expect(script.press("down", "down")).toEqual([]);
  expect(script.press("down")).toEqual([
    { type: "search", query: "tea", room: "lobby", cursor: "there" },
  ]);
  expect(drawn(script)).toContain("fetching older ones…");
  expect(script.press("down", "enter")).toEqual([]);
  answer(script, [2, 4], null);
  expect(seqsOf(script)).toEqual(["9", "7", "4", "2"]);
  script.press("enter");
  expect(script.model.jump).toMatchObject({ sought: { seq: 4 } });
});

test("in all rooms too, as long as there is more, whatever the times and whatever a page has", () => {
  const script = inLobby();
  script.enter("/search -a tea");
  answer(script, [], "further");
  expect(seqsOf(script)).toEqual(["older ones"]);
  script.press("enter");
  expect(searches(script).at(-1)).toMatchObject({ room: null, cursor: "further" });
  answer(script, [7, 9], "on");
  expect(seqsOf(script)).toEqual(["9", "7", "older ones"]);
  script.press("enter");
  expect(searches(script).at(-1)).not.toMatchObject({ cursor: "on" });
  script.enter("/search -a tea");
  answer(script, [7, 9], "on");
  script.press("down", "down", "enter");
  answer(script, [7], null);
  expect(seqsOf(script)).toEqual(["9", "7"]);
});

test("what is older can be asked for again when it failed, and comes to no other list", () => {
  const script = inLobby();
  script.enter("/search tea");
  answer(script, [7, 9], "on");
  script.press("down", "down", "enter");
  const [effect] = searches(script).slice(-1);
  if (effect === undefined) throw new Error("nothing was asked");
  script.do({ type: "failed", effect, error: fault });
  expect(script.press("enter")).toEqual([effect]);
  script.press("escape", "ctrl-g");
  answer(script, [2], null);
  expect(script.model.overlay).toMatchObject({ kind: "list", purpose: "switch" });
});

test("Enter on an empty search finds once more what was found last", () => {
  const script = inLobby();
  script.press("ctrl-f", "enter");
  expect([script.model.overlay, searches(script)]).toEqual([null, []]);
  script.enter("/search -a tea");
  answer(script, [7], null);
  script.press("enter", "ctrl-f");
  expect(drawn(script)).toContain("Enter finds tea in all rooms again");
  expect(script.press("enter")).toEqual([{ type: "search", query: "tea", room: null }]);
  expect(script.model.overlay).toMatchObject({ purpose: "found", isWaiting: true });
});
