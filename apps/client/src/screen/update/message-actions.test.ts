// What is done to a message: one's own, another's, and one that was taken back.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import { inLobby, logOf, Script, said } from "../../../test/fixtures/scripted-screen.ts";
import { screenFrame } from "../view/screen-frame.ts";
import { lineOf } from "./paste-update.ts";
import { toastErrorMs } from "./toast.ts";

/** 1 of bob, 2 of oneself, 3 of bob; 4 of bob and 5 of oneself were taken back. */
function talking(): Script {
  const script = inLobby();
  const from = ["bob", "mina", "bob", "bob", "mina"];
  for (const [at, nick] of from.entries()) script.event(said("lobby", at + 1, nick));
  for (const target of [4, 5]) {
    const redaction = { type: "redaction", seq: target + 2, at: 1, target } as const;
    script.event({ ...redaction, room: "lobby", from: from[target - 1] ?? "" });
  }
  return script;
}

function select(script: Script, seq: number): Script {
  script.model = { ...script.model, selected: seq };
  return script;
}

test("without a choice a reply is to the last of another, an edit to one's own last", () => {
  const script = talking();
  script.press("alt-q");
  expect(script.model.compose).toEqual({ kind: "reply", seq: 3 });
  script.press("escape", "alt-c");
  expect([script.model.compose, script.text]).toEqual([{ kind: "edit", seq: 2 }, "message 2"]);
  script.press("escape");
  expect([script.model.compose.kind, script.text]).toEqual(["say", ""]);
});

test("the chosen message is meant, one's own too", () => {
  const script = select(talking(), 2);
  script.press("alt-q");
  expect([script.model.compose, script.model.selected]).toEqual([{ kind: "reply", seq: 2 }, null]);
});

test("what others said can neither be edited nor taken back", () => {
  const script = select(talking(), 1);
  expect(script.press("alt-c")).toEqual([]);
  expect(script.toast).toContain("only your own");
  expect(script.press("alt-x")).toEqual([]);
  expect(script.toast).toContain("only your own");
});

test("one's own is taken back when it was chosen, and never without that", () => {
  const script = talking();
  expect(script.press("alt-x")).toEqual([]);
  expect(script.toast).toContain("select a message first");
  expect(select(script, 2).press("alt-x")).toEqual([]);
  expect(script.toast).toBe("Alt-X again takes it back for good");
  expect(script.press("alt-x")).toEqual([{ type: "redact", room: "lobby", target: 2, reason: "" }]);
  expect([script.model.selected, script.model.toast]).toEqual([null, null]);
});

test("the question whether it is taken back is forgotten with any other key, choice, or in time", () => {
  for (const key of ["left", "alt-u", "f1", "x"]) {
    const script = select(talking(), 2);
    script.press("alt-x", key, "escape");
    expect(select(script, 2).press("alt-x")).toEqual([]);
  }
  const late = select(talking(), 2);
  late.press("alt-x");
  late.nowMs += toastErrorMs;
  expect(late.press("alt-x")).toEqual([]);
  const other = inLobby();
  for (const seq of [1, 2]) other.event(said("lobby", seq, "mina"));
  select(other, 1).press("alt-x");
  expect(select(other, 2).press("alt-x")).toEqual([]);
  expect(other.press("alt-x")).toMatchObject([{ type: "redact", target: 2 }]);
});

test("with what was taken back nothing is done any more", () => {
  for (const chord of ["alt-c", "alt-x", "alt-t", "alt-w"]) {
    const script = select(talking(), 5);
    expect([script.press(chord), script.toast]).toEqual([[], "it was taken back"]);
    expect([script.model.overlay, script.model.compose.kind]).toEqual([null, "say"]);
  }
});

test("an edit does not take the place of what is being typed, nor a reply that of an edit", () => {
  const script = talking();
  script.type("half");
  script.press("alt-c");
  expect([script.text, script.model.compose.kind]).toEqual(["half", "say"]);
  script.press("alt-q");
  expect([script.text, script.model.compose.kind]).toEqual(["half", "reply"]);
  script.press("ctrl-c", "alt-c", "alt-q");
  expect(script.model.compose).toEqual({ kind: "edit", seq: 2 });
});

test("a reaction is asked for, by an emoji or its name", () => {
  for (const typed of ["👍", "thumbsup", ":thumbsup:"]) {
    const script = talking();
    script.press("alt-t");
    script.type(typed);
    expect(script.press("enter")).toEqual([
      { type: "react", room: "lobby", target: 3, emoji: "👍", remove: false },
    ]);
    expect([script.model.overlay, script.model.selected]).toEqual([null, null]);
  }
});

test("every box with a line of its own completes what may stand there, and shows the candidates", () => {
  const table = [
    { open: "alt-t", typed: ":thumbs", first: "👍", next: "👎" },
    { open: "alt-t", typed: "thumbs", first: "👍", next: "👎" },
    { open: "alt-j", typed: "t", first: "today", next: "tuesday" },
    { open: "ctrl-f", typed: "tea b", first: "tea bob", next: "tea bob" },
  ];
  for (const { open, typed, first, next } of table) {
    const script = talking();
    script.press(open);
    script.type(typed);
    const shown = ["tab", "tab", "shift-tab"].map((chord) => {
      script.press(chord);
      return lineOf(script.model).text;
    });
    expect(shown).toEqual([first, next, first]);
    const rows = screenFrame(script.model).rows.map((row) => row.map(({ text }) => text).join(""));
    if (first !== next) expect(rows.some((row) => row.includes(next))).toBe(true);
    script.type("x");
    expect(script.model.overlay).toMatchObject({ completion: null });
  }
  const script = select(talking(), 1);
  script.press("alt-t");
  script.type(":hear");
  script.press("tab", "enter");
  expect(script.asked("react")).toMatchObject([{ emoji: "❤️" }]);
});

test("what is no emoji is asked for again", () => {
  const script = talking();
  script.press("alt-t");
  script.type("nonsuch");
  expect(script.press("enter")).toEqual([]);
  expect(script.model.overlay).toMatchObject({ kind: "ask", editor: { text: "nonsuch" } });
  script.press("ctrl-u", "enter");
  expect(script.model.overlay).toBeNull();
});

test("a text is copied", () => {
  const script = select(talking(), 1);
  expect(script.press("alt-w")).toEqual([{ type: "copy", text: "message 1" }]);
});

test("where nothing was said there is nothing to do that to", () => {
  for (const chord of ["alt-q", "alt-c", "alt-t", "alt-w", "alt-shift-m"]) {
    const script = inLobby();
    expect([script.press(chord), script.toast]).toEqual([[], "no message to do that to"]);
  }
});

test("a room is marked as read without being looked through", () => {
  const script = talking();
  script.do({ type: "focused", isFocused: false });
  script.event(said("lobby", 8));
  expect(script.press("alt-m")).toEqual([{ type: "mark", room: "lobby", seq: 8, isAsked: false }]);
  expect(script.room).toMatchObject({ unread: 0, read: 8, divider: null });
});

test("a room that is marked as unread from a message on stays so until it was left", () => {
  const script = select(talking(), 3);
  expect(script.press("alt-shift-m")).toEqual([
    { type: "mark", room: "lobby", seq: 2, isAsked: false },
  ]);
  script.event(said("lobby", 8));
  script.press("f1", "escape");
  script.do({ type: "focused", isFocused: false }, { type: "focused", isFocused: true });
  expect(script.room).toMatchObject({ unread: 3, read: 2, divider: 2 });
  script.press("alt-2");
  expect(script.model.chat.rooms.get(roomKey("lobby"))).toMatchObject({ unread: 3, divider: 2 });
  script.press("alt-1");
  expect(script.room).toMatchObject({ unread: 0, read: 8, divider: 2 });
});

test("what a page holds already counts once when it comes as an event, where it is marked as unread", () => {
  const script = new Script();
  script.joins("lobby", 3);
  script.answer(logOf("lobby", 5));
  select(script, 4).press("alt-shift-m");
  script.event(said("lobby", 4));
  script.event(said("lobby", 5));
  expect(script.room).toMatchObject({ unread: 2, read: 3 });
  script.event(said("lobby", 6));
  expect(script.room).toMatchObject({ unread: 3, read: 3 });
});

test("it is read again once one says something there, or marks it as read", () => {
  const script = select(talking(), 3);
  script.press("alt-shift-m");
  script.enter("hi");
  expect(script.room).toMatchObject({ unread: 0, read: 7, divider: null });
  select(script, 3).press("alt-shift-m", "alt-m");
  expect(script.room).toMatchObject({ unread: 0, read: 7 });
  expect(script.model.isKeptUnread).toBe(false);
});

test("mentions are counted again with what is marked as unread", () => {
  const script = inLobby();
  script.event(said("lobby", 1, "bob", "@mina look"));
  script.press("alt-shift-m", "alt-2");
  expect(script.model.chat.rooms.get(roomKey("lobby"))).toMatchObject({ unread: 1, mentions: 1 });
});
