// Keys while something lies over the conversation.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import {
  inLobby,
  logOf,
  reading,
  type Script,
  said,
} from "../../../test/fixtures/scripted-screen.ts";
import { overlayScroll } from "../../layout/overlay/overlay-view.ts";

const overlay = ({ model }: Script) => model.overlay;
const top = (script: Script) => {
  const shown = overlay(script);
  return shown?.kind === "keys" || shown?.kind === "text" ? shown.top : null;
};

test("Esc and Ctrl-C close whatever is open, and nothing behind it changes", () => {
  for (const open of ["f1", "ctrl-g", "ctrl-f", "alt-j"]) {
    for (const close of ["escape", "ctrl-c"]) {
      const script = inLobby();
      script.type("draft");
      script.press(open);
      expect(overlay(script)).not.toBeNull();
      script.press(close);
      expect([overlay(script), script.text]).toEqual([null, "draft"]);
    }
  }
});

test("help is read by rows and pages, and never beyond its end", () => {
  const script = inLobby();
  script.press("f1");
  const { topMax = 0, page = 0 } = overlayScroll(script.model) ?? {};
  expect([topMax > 10, page > 5]).toEqual([true, true]);
  const tops = ["up", "down", "down", "up", "pagedown", "pageup", "end", "down", "pagedown", "up"];
  const seen = tops.map((chord) => {
    script.press(chord);
    return top(script);
  });
  const last = topMax;
  expect(seen).toEqual([0, 1, 2, 1, 1 + page, 1, last, last, last, last - 1]);
  script.press("home");
  script.type("x");
  expect(top(script)).toBe(0);
});

test("a key that opened the help closes it, and so do Enter and q", () => {
  for (const close of ["f1", "enter", "q"]) {
    const script = inLobby();
    script.press("f1", close);
    expect(overlay(script)).toBeNull();
  }
});

test("a resized screen leaves the text where its end is still seen", () => {
  const script = inLobby();
  script.press("f1", "end");
  script.do({ type: "resized", size: { width: 200, height: 60 } });
  script.press("up");
  const { topMax = 0 } = overlayScroll(script.model) ?? {};
  expect(top(script)).toBe(Math.max(0, topMax - 1));
});

test("the switcher narrows the rooms down as one types, and goes to the chosen one", () => {
  const script = inLobby();
  for (const room of ["den", "devops", "잡담방"]) script.joins(room);
  script.press("ctrl-g");
  script.type("op");
  script.press("down", "enter");
  // The one that begins so comes first, the one that holds it behind.
  expect(script.model.chat.current).toBe(roomKey("devops"));
  script.press("ctrl-g");
  script.type("잡");
  script.press("enter");
  expect(script.model.chat.current).toBe(roomKey("잡담방"));
});

test("Enter where nothing fits closes the list", () => {
  const script = inLobby();
  script.press("ctrl-g");
  script.type("nonsuch");
  script.press("enter");
  expect([overlay(script), script.model.chat.current]).toEqual([null, roomKey("lobby")]);
});

test("the choice stays within the list, and on its line while nothing is typed", () => {
  const script = inLobby();
  for (const room of ["a", "b", "c"]) script.joins(room);
  script.press("ctrl-g");
  const indexes = ["up", "down", "ctrl-n", "tab", "left", "pagedown", "shift-tab", "pageup"];
  const seen = indexes.map((chord) => {
    script.press(chord);
    const list = overlay(script);
    return list?.kind === "list" ? list.index : null;
  });
  expect(seen).toEqual([0, 1, 2, 3, 3, 3, 2, 0]);
});

test("rooms that call come first in the switcher, then unread ones, then the last ones", () => {
  const script = inLobby();
  for (const room of ["a", "b", "c"]) script.joins(room);
  script.press("alt-2", "alt-1");
  script.event(said("c", 1));
  script.event(said("b", 1, "bob", "@mina"));
  script.press("ctrl-g");
  const list = overlay(script);
  const choices = list?.kind === "list" ? list.choices : [];
  expect(choices.map(({ label, detail, isMarked }) => [label, detail, isMarked])).toEqual([
    ["b", "1 unread", true],
    ["c", "1 unread", false],
    ["ops", "", false],
    ["a", "", false],
  ]);
});

test("a question with no answer is closed by Enter", () => {
  for (const ask of ["ctrl-f", "alt-j"]) {
    const script = inLobby();
    script.press(ask);
    script.type(" ");
    expect(script.press("enter")).toEqual([]);
    expect(overlay(script)).toBeNull();
  }
});

test("find asks the server for this room, and waits in sight", () => {
  const script = inLobby();
  script.press("ctrl-f");
  script.type("tea");
  expect(script.press("enter")).toEqual([{ type: "search", query: "tea", room: "lobby" }]);
  expect(overlay(script)).toMatchObject({ kind: "list", purpose: "found", isWaiting: true });
});

test("a date that is none is told, and asked again", () => {
  const script = reading(300);
  script.press("alt-j");
  script.type("nonsense");
  expect(script.press("enter")).toEqual([]);
  expect(overlay(script)).toMatchObject({
    kind: "ask",
    problem: expect.stringContaining("no date"),
  });
  script.press("ctrl-u");
  expect(overlay(script)).toMatchObject({ problem: null });
  script.type("3000d");
  expect(script.press("enter")).toMatchObject([{ type: "page", wanted: { part: "at" } }]);
  script.answer(logOf("lobby", 300));
  expect([script.model.selected, script.seqs[0]]).toEqual([1, 1]);
});

test("a date in no room is no place", () => {
  const script = inLobby();
  script.event({ type: "left", room: "lobby", reason: null });
  script.event({ type: "left", room: "ops", reason: null });
  script.press("alt-j");
  script.type("3d");
  expect([script.press("enter"), overlay(script)]).toEqual([[], null]);
});

test("a hit in a room that one is not in enters it, and is found there", () => {
  const script = reading(300);
  script.enter("/search -a tea");
  const messages = [said("@bob+mina", 40, "bob", "tea")];
  script.do({ type: "found", query: "tea", messages, next: "on", isBehind: true });
  expect(overlay(script)).toMatchObject({ title: expect.stringContaining("may be missing") });
  const effects = script.press("enter");
  expect(effects).toMatchObject([
    { type: "join" },
    { type: "page", wanted: { seq: 40 } },
    { type: "look" },
  ]);
  script.joins("@bob+mina", 200);
  script.answer(logOf("@bob+mina", 200));
  expect([script.model.chat.current, script.model.selected]).toEqual([roomKey("@bob+mina"), 40]);
});

test("a hit that is held is shown at once", () => {
  const script = reading(300);
  script.enter("/search tea");
  const found = { type: "found", query: "tea", next: null, isBehind: false } as const;
  script.do({ ...found, messages: [said("lobby", 220)] });
  expect(script.press("enter")).toEqual([]);
  expect([script.model.selected, script.anchor === null]).toEqual([220, false]);
});
