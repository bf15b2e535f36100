// What the actions do that belong to no other subject.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import { chordsOf } from "@maru/tui/key";
import { inLobby, type Script, said } from "../../../test/fixtures/scripted-screen.ts";
import { actionNames } from "../keys/actions.ts";
import { screenFrame } from "../view/screen-frame.ts";
import { actionTable } from "./action-table.ts";

test("every action does something to any screen without failing", () => {
  for (const name of actionNames) {
    const { model } = actionTable[name](inLobby().model);
    expect(model.chat.rooms.size).toBe(2);
  }
});

test("Ctrl-C clears the line, which undo brings back", () => {
  const script = inLobby();
  script.type("hello");
  script.press("ctrl-c");
  expect(script.text).toBe("");
  script.press("ctrl-_");
  expect(script.text).toBe("hello");
});

test("on an empty line Ctrl-C offers to leave, and Enter or another Ctrl-C does", () => {
  for (const last of ["ctrl-c", "enter"]) {
    const script = inLobby();
    expect(script.press("ctrl-c")).toEqual([]);
    expect([script.text, script.toast]).toEqual(["", "Ctrl-C again, or Enter, to leave"]);
    expect(lastRow(script)).toBe("lobby> /quit");
    expect(script.press(last)).toEqual([{ type: "quit" }]);
    script.enter("too late");
    expect(script.asked("send")).toEqual([]);
  }
});

test("what was offered goes away with what is typed instead", () => {
  const script = inLobby();
  script.press("ctrl-c", "ctrl-u", "ctrl-d");
  expect(script.asked("quit")).toHaveLength(1);
  const other = inLobby();
  other.press("ctrl-c", "backspace", "ctrl-c");
  expect([other.asked("quit"), other.text]).toEqual([[], ""]);
});

const lastRow = ({ model }: Script): string =>
  (screenFrame(model).rows.at(-1) ?? [])
    .map(({ text }) => text)
    .join("")
    .trimEnd();

test("an offer joins nothing: whatever is done instead is done as if it had never been made", () => {
  const ways: readonly ((script: Script) => void)[] = [
    ...["a", "한", "/", " "].map((text) => (script: Script) => void script.type(text)),
    ...actionNames.flatMap((name) => {
      const isTaking = name === "send" || name === "interrupt" || name === "quit-if-empty";
      const [chord] = isTaking ? [] : chordsOf(inLobby().model.bindings, name);
      return chord === undefined ? [] : [(script: Script) => void script.press(chord)];
    }),
    (script) => void script.paste("pasted"),
    (script) => void script.do({ type: "clicked", x: 1, y: 3 }),
    (script) =>
      void script.do({ type: "edited-outside", key: roomKey("lobby"), text: "x", problem: null }),
  ];
  for (const way of ways) {
    const [offered, plain] = [inLobby(), inLobby()];
    for (const script of [offered, plain]) script.event(said("lobby", 1));
    offered.press("ctrl-c");
    for (const script of [offered, plain]) way(script);
    const { text } = plain;
    expect([offered.text, offered.model.chat.current]).toEqual([text, plain.model.chat.current]);
    offered.press("enter", "escape", "escape", "alt-1");
    offered.type("b");
    offered.press("enter");
    expect(offered.asked("quit")).toEqual([]);
    expect(offered.asked("send").every((send) => !send.text.includes("/quit"))).toBe(true);
  }
});

test("Ctrl-D leaves on an empty line, and deletes on another", () => {
  const script = inLobby();
  script.type("ab");
  script.press("left", "ctrl-d");
  expect([script.text, script.asked("quit")]).toEqual(["a", []]);
  script.press("backspace", "ctrl-d");
  expect(script.asked("quit")).toHaveLength(1);
});

test("Esc does one thing at a time: bare view, edit, reply, choice, place", () => {
  const script = inLobby();
  for (let seq = 1; seq <= 60; seq += 1) script.event(said("lobby", seq));
  script.press("pageup", "alt-p", "alt-q", "alt-p", "alt-l");
  const seen = Array.from({ length: 4 }, () => {
    script.press("escape");
    const { isBare, compose, selected } = script.model;
    return [isBare, compose.kind, selected === null, script.anchor === null];
  });
  expect(seen).toEqual([
    [false, "reply", false, false],
    [false, "say", false, false],
    [false, "say", true, false],
    [false, "say", true, true],
  ]);
});

test("Ctrl-C leaves a reply whose line is empty before it offers to quit", () => {
  const script = inLobby();
  script.event(said("lobby", 1));
  script.press("alt-q", "ctrl-c");
  expect([script.text, script.model.compose.kind]).toEqual(["", "say"]);
});

test("a pane's key shows it where it is hidden, and hides it where it is shown", () => {
  const script = inLobby();
  const seen = ["f7", "f7", "f7", "f8", "f8", "f8"].map((chord) => {
    script.press(chord);
    return `${script.model.rooms} ${script.model.members}`;
  });
  // 80 columns: the rooms are shown, the members have folded away.
  expect(seen).toEqual(["off auto", "on auto", "off auto", "off on", "off off", "off on"]);
});

test("the terminal is asked to draw anew, and to give way to the shell", () => {
  const script = inLobby();
  expect(script.press("ctrl-l", "ctrl-z")).toEqual([{ type: "redraw" }, { type: "suspend" }]);
});

test("a new line is typed by its own keys, and not sent", () => {
  const script = inLobby();
  script.type("a");
  script.press("alt-enter");
  script.type("b");
  script.press("ctrl-j");
  expect([script.text, script.asked("send")]).toEqual(["a\nb\n", []]);
});
