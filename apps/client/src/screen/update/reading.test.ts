// Where one reads, and what of it has been read.

import { expect, test } from "bun:test";
import {
  inLobby,
  logOf,
  reading,
  type Script,
  said,
} from "../../../test/fixtures/scripted-screen.ts";
import { conversationPane } from "../../layout/conversation/conversation-pane.ts";
import { layoutOf } from "../../layout/layout.ts";

const drawn = ({ model }: Script) =>
  conversationPane(model, layoutOf(model).conversation).rows.map((row) =>
    row.map(({ text }) => text).join(""),
  );

test("messages that arrive move nothing while one reads further up", () => {
  const script = reading(150);
  script.press("pageup", "shift-up");
  const [anchor, rows] = [script.anchor, drawn(script)];
  for (let seq = 151; seq <= 170; seq += 1) script.event(said("lobby", seq));
  expect([script.anchor, drawn(script)]).toEqual([anchor, rows]);
  expect(script.room).toMatchObject({ unread: 20, read: 150, divider: 150 });
});

test("a page down and a row down lead back to the end, where it is read", () => {
  const script = reading(150);
  script.press("pageup", "shift-up");
  script.event(said("lobby", 151));
  script.press("pagedown", "shift-down", "shift-down", "shift-down");
  expect([script.anchor, script.room.unread, script.room.read]).toEqual([null, 0, 151]);
});

test("the top of what is held asks for one older page, and for no other while that comes", () => {
  const script = reading(300);
  const pages = () => script.asked("page").length;
  expect(pages()).toBe(1);
  for (let times = 0; times < 12; times += 1) script.press("pageup");
  expect(pages()).toBe(2);
  expect(script.asked("page").at(-1)?.wanted).toEqual({ part: "older", before: 201, joins: 201 });
  const rows = drawn(script).slice(1);
  script.answer(logOf("lobby", 300));
  expect([script.seqs[0], script.seqs.length]).toEqual([101, 200]);
  // The day and the note that it is being fetched have gone from above; the rest stands.
  expect(drawn(script).slice(2)).toEqual(rows.slice(1));
  script.press("pageup");
  expect(pages()).toBe(2);
});

test("bottom leads to the newest message of the room, and escape too", () => {
  const script = reading(150);
  for (const back of ["alt-end", "escape"]) {
    script.press("pageup");
    expect(script.anchor).not.toBeNull();
    script.press(back);
    expect(script.anchor).toBeNull();
  }
});

test("nothing is read without the focus, and all of it once that is back", () => {
  const script = inLobby();
  script.do({ type: "focused", isFocused: false });
  script.event(said("lobby", 1));
  expect(script.room).toMatchObject({ unread: 1, read: 0, divider: 0 });
  script.do({ type: "focused", isFocused: true });
  expect(script.room).toMatchObject({ unread: 0, read: 1, divider: 0 });
});

test("nothing is read while something lies over it", () => {
  const script = inLobby();
  script.press("f1");
  script.event(said("lobby", 1));
  expect(script.room.read).toBe(0);
  script.press("escape");
  expect(script.room.read).toBe(1);
});

test("a terminal that never tells of its focus is taken to have it", () => {
  const script = inLobby();
  script.event(said("lobby", 1));
  expect([script.model.isFocused, script.room.read]).toEqual([null, 1]);
  expect(script.do({ type: "due" })).toEqual([
    { type: "mark", room: "lobby", seq: 1, isAsked: false },
  ]);
});

test("a selection walks from the newest message up and down, and ends behind it", () => {
  const script = inLobby();
  for (let seq = 1; seq <= 3; seq += 1) script.event(said("lobby", seq));
  const walk = ["alt-n", "alt-p", "alt-p", "alt-p", "alt-p", "alt-n", "alt-n", "alt-n"];
  const chosen = walk.map((chord) => {
    script.press(chord);
    return script.model.selected;
  });
  expect(chosen).toEqual([null, 3, 2, 1, 1, 2, 3, null]);
});

test("what is chosen is in sight, and no message of whom one ignores is chosen", () => {
  const script = inLobby();
  for (let seq = 1; seq <= 60; seq += 1) script.event(said("lobby", seq, seq % 2 ? "bob" : "eve"));
  script.enter("/ignore eve");
  for (let times = 0; times < 30; times += 1) script.press("alt-p");
  expect(script.model.selected).toBe(1);
  const keys = conversationPane(script.model, layoutOf(script.model).conversation).keys;
  expect(keys).toContain(1);
});

test("jumping to the unread ones without any says so", () => {
  const script = inLobby();
  script.press("alt-u");
  expect(script.toast).toBe("nothing is unread here");
});

test("unread messages behind what is held are fetched, too", () => {
  const script = reading(500);
  script.do({ type: "focused", isFocused: false });
  script.event(said("lobby", 501));
  script.press("alt-j");
  script.type("3000d");
  script.press("enter");
  script.answer(logOf("lobby", 501));
  expect(script.seqs.at(-1)).toBeLessThan(400);
  script.press("alt-u");
  expect(script.asked("page").at(-1)?.wanted).toEqual({ part: "around", seq: 501 });
  script.answer(logOf("lobby", 501));
  expect([script.seqs.at(-1), script.anchor]).toEqual([501, null]);
});

test("scrolling in an empty room, or in none, does nothing", () => {
  const script = inLobby();
  const keys = ["pageup", "pagedown", "ctrl-home", "ctrl-end", "shift-up", "alt-p", "alt-n"];
  script.press(...keys);
  script.event({ type: "left", room: "lobby", reason: null });
  script.event({ type: "left", room: "ops", reason: null });
  script.press(...keys, "alt-u", "alt-q", "alt-m", "alt-shift-m");
  expect(script.asked("page").filter(({ wanted }) => wanted.part !== "newest")).toEqual([]);
});

test("coming to a message by a search does not read the end", () => {
  const script = reading(20);
  script.joins("ops");
  script.press("alt-2");
  for (let seq = 21; seq <= 90; seq += 1) script.event(said("lobby", seq));
  script.enter("/search tea");
  const messages = [said("lobby", 88)];
  script.do({ type: "found", query: "tea", messages, next: null, isBehind: false });
  script.press("enter");
  expect([script.model.selected, script.room.unread, script.room.read]).toEqual([88, 70, 20]);
  script.press("pagedown");
  expect([script.room.unread, script.room.read]).toEqual([0, 90]);
});
