// Keys that open a box, and the commands that do the same: what the box takes, the command takes.

import { expect, test } from "bun:test";
import { inLobby, type Script, said } from "../../../test/fixtures/scripted-screen.ts";
import { overlayContent } from "../../layout/overlay/overlay-view.ts";
import type { ScreenEffect } from "../model/screen-step.ts";
import { screenFrame } from "../view/screen-frame.ts";

const twins: readonly (readonly [key: string, command: string, answers: readonly string[]])[] = [
  ["alt-t", "react", ["👍", "❤", "❤️", "heart", ":heart:", "+1", ":+1:", "-1", "100", "Heart"]],
  ["alt-t", "react", ["x", "1", "e\u0301", "ㅋ", "🇰🇷", "kr"]],
  ["alt-t", "react", ["nonsuch", ":nonsuch:", "ab", ":", "::"]],
  ["alt-j", "goto", ["3d", "yesterday", "11-23", "2020-01-02 03:04", "0:00", "nonsense", "25:00"]],
  ["ctrl-f", "search", ["tea", "-a tea", '"a phrase"', "begin*", "여러"]],
];
const rows = twins.flatMap(([key, command, answers]) =>
  answers.map((answer) => [key, command, answer] as const),
);

function talking(): Script {
  const script = inLobby();
  for (const seq of [8, 9]) script.event(said("lobby", seq));
  return script;
}

const outcome = (effects: readonly ScreenEffect[]) => effects.filter(({ type }) => type !== "look");

test.each(rows)("%s and /%s do the same with %s", (key, command, answer) => {
  const [boxed, typed] = [talking(), talking()];
  boxed.press(key);
  boxed.paste(answer);
  const byKey = outcome(boxed.press("enter"));
  const byCommand = outcome(typed.enter(`/${command} ${answer}`));
  expect(byCommand).toEqual(byKey);
  expect(typed.model.jump).toEqual(boxed.model.jump);
});

test("with nothing typed, /search brings the last search again as Ctrl-F does", () => {
  for (const again of [
    (s: Script) => s.enter("/search"),
    (s: Script) => [...s.press("ctrl-f"), ...s.press("enter")],
  ]) {
    const script = talking();
    script.enter("/search -a tea");
    script.press("escape");
    expect(outcome(again(script))).toEqual([{ type: "search", query: "tea", room: null }]);
  }
  const fresh = talking();
  expect(fresh.enter("/search")).toEqual([]);
  expect(fresh.notices.at(-1) ?? fresh.toast).toContain("/search WORDS");
});

test("a name is taken for a message with a number, and to take an emoji back", () => {
  const script = talking();
  expect(script.enter("/react #8 heart")).toMatchObject([{ target: 8, emoji: "❤️", remove: false }]);
  expect(script.enter("/unreact 8 :Heart:")).toMatchObject([
    { target: 8, emoji: "❤️", remove: true },
  ]);
});

const drawn = ({ model }: Script): string =>
  screenFrame(model)
    .rows.map((row) => row.map(({ text }) => text).join(""))
    .join("\n");

test("the number that a command wants is seen of a chosen message, and of what was found", () => {
  const script = talking();
  expect(drawn(script)).not.toContain("#9");
  script.press("alt-p");
  expect(drawn(script)).toContain("#9");
  script.press("alt-p");
  expect(drawn(script)).toContain("#8");
  script.press("escape");
  expect(drawn(script)).not.toContain("#8");
  script.enter("/search message");
  const asked = script.asked("search").at(-1);
  const messages = [said("lobby", 8)];
  script.do({
    type: "found",
    query: "message",
    messages,
    next: null,
    isBehind: false,
    ...(asked && { asked }),
  });
  const list = overlayContent(script.model, { width: 60, height: 20 })?.rows ?? [];
  expect(
    list
      .flat()
      .map(({ text }) => text)
      .join(""),
  ).toContain("#8");
});
