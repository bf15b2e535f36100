// Going from room to room, with what is typed and where one reads.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import {
  fault,
  inLobby,
  logOf,
  reading,
  Script,
  said,
} from "../../../test/fixtures/scripted-screen.ts";

const current = ({ model }: Script) => model.chat.current;

test("what is typed, its caret and what it answers stay with their room", () => {
  const script = inLobby();
  script.event(said("lobby", 1));
  script.press("alt-q");
  script.type("answer");
  script.press("left", "alt-2");
  expect([script.text, script.model.compose.kind]).toEqual(["", "say"]);
  script.type("other");
  script.press("alt-1");
  expect([script.text, script.model.editor.caret]).toEqual(["answer", 5]);
  expect(script.model.compose).toEqual({ kind: "reply", seq: 1 });
  script.press("alt-2");
  expect(script.text).toBe("other");
});

test("a draft waits where one is taken away from, and comes back with the room", () => {
  const script = inLobby();
  script.type("half a");
  script.event({ type: "left", room: "lobby", reason: fault });
  expect([current(script), script.text]).toEqual([null, "half a"]);
  script.press("ctrl-c");
  script.enter("/join ops");
  expect([current(script), script.text]).toEqual(["ops", ""]);
  script.enter("/join lobby");
  script.joins("lobby");
  expect([current(script), script.text]).toEqual(["lobby", "half a"]);
});

test("a draft outlasts /part and another nick", () => {
  const script = inLobby();
  script.press("alt-2");
  script.type("in ops");
  script.press("alt-1");
  script.enter("/part");
  script.event({ type: "left", room: "lobby", reason: null });
  expect([current(script), script.text]).toEqual(["ops", "in ops"]);
  script.event({ type: "state", state: { phase: "online", nick: "mia", sinceMs: 0 } });
  script.do({ type: "renamed", nick: "mia" });
  expect([script.model.chat.me, script.text]).toEqual(["mia", "in ops"]);
});

test("what is typed for a room that is taken away is said nowhere else", () => {
  const script = inLobby();
  script.press("alt-2");
  script.type("hunt");
  script.event({ type: "left", room: "ops", reason: fault });
  script.type("er2");
  script.press("enter");
  expect([current(script), script.text, script.asked("send")]).toEqual([null, "hunter2", []]);
  expect(script.toast).toBe("you are in no room: /join ROOM");
  script.joins("den");
  expect([current(script), script.text]).toEqual([null, "hunter2"]);
  script.press("alt-1");
  expect([current(script), script.text]).toEqual(["lobby", ""]);
  script.enter("/join ops");
  script.joins("ops");
  expect([current(script), script.text]).toEqual(["ops", "hunter2"]);
});

test("leaving a room puts the person in the next at once, and what they type there", () => {
  const script = inLobby();
  script.enter("/part");
  script.type("in ops");
  script.event({ type: "left", room: "lobby", reason: null });
  expect([current(script), script.text]).toEqual(["ops", "in ops"]);
});

test("what is typed while one is in no room goes along into the next", () => {
  const script = new Script();
  script.type("hello");
  script.joins("lobby");
  expect([current(script), script.text]).toEqual(["lobby", "hello"]);
});

test("it goes behind what waits there already", () => {
  const drafts = new Map([
    [roomKey("lobby"), { text: "one", caret: 3, compose: { kind: "say" } as const }],
  ]);
  const script = new Script({ drafts });
  script.type("two");
  script.joins("lobby");
  expect(script.text).toBe("one\ntwo");
});

test("a line that was put aside for an older one is the room's draft, not the next room's", () => {
  const script = inLobby();
  script.enter("older");
  script.type("my words");
  script.press("up", "alt-2");
  script.type("in ops");
  script.press("down");
  expect(script.text).toBe("in ops");
  script.press("alt-1");
  expect(script.text).toBe("my words");
});

test("where the older one was changed, both are kept", () => {
  const script = inLobby();
  script.enter("older");
  script.type("my words");
  script.press("up");
  script.type("!");
  script.press("alt-2", "alt-1");
  expect(script.text).toBe("older!");
  expect(script.model.history.entries).toEqual(["older", "my words"]);
});

test("a search of the history ends with its room", () => {
  const script = inLobby();
  script.enter("older");
  script.type("my words");
  script.press("ctrl-r");
  script.event({ type: "left", room: "lobby", reason: fault });
  expect(script.model.history.search).toBeNull();
  expect(script.model.drafts.get(roomKey("lobby"))?.text).toBe("my words");
});

test("numbers, neighbours and the room before lead where the list says", () => {
  const script = inLobby();
  script.joins("den");
  const visited = ["alt-3", "alt-right", "alt-left", "alt-left", "alt-/", "alt-2", "alt-/"];
  expect(
    visited.map((chord) => {
      script.press(chord);
      return current(script);
    }),
  ).toEqual([
    roomKey("den"),
    roomKey("lobby"),
    roomKey("den"),
    roomKey("ops"),
    roomKey("den"),
    roomKey("ops"),
    roomKey("den"),
  ]);
  script.press("alt-9");
  expect([current(script), script.toast]).toEqual(["den", "there is no room 9"]);
});

test("the next activity is a mention, then a message, then anything, and no muted room", () => {
  const script = inLobby();
  for (const room of ["den", "bar", "pub"]) script.joins(room);
  script.event({ type: "topic", room: "ops", seq: 1, at: 1, from: "bob", topic: "tea" });
  script.event(said("den", 1));
  script.event(said("bar", 1, "bob", "@mina look"));
  script.event(said("pub", 1));
  script.model = { ...script.model, levels: new Map([[roomKey("pub"), "none"]]) };
  const visited: (string | null)[] = [];
  for (let step = 0; step < 4; step += 1) {
    script.press("alt-a");
    visited.push(current(script));
  }
  expect(visited).toEqual(["bar", "den", "ops", "ops"]);
  expect(script.toast).toBe("nothing new in other rooms");
});

test("what the server had counted is news until it was seen", () => {
  const script = new Script();
  script.joins("lobby");
  script.joins("ops", 4);
  const each = { room: "ops", epoch: "e", head: 4, read: 2, unread: 2, mentions: 0 };
  script.do({ type: "inbox", rooms: [each], isBrief: true });
  script.press("alt-a");
  expect(current(script)).toBe(roomKey("ops"));
  script.answer(logOf("ops", 4));
  script.press("alt-1", "alt-a");
  expect([current(script), script.toast]).toEqual(["lobby", "nothing new in other rooms"]);
});

/** In ops, while so many messages come in lobby. */
function away(count: number): Script {
  const script = reading(20);
  script.joins("ops");
  script.press("alt-2");
  for (let seq = 21; seq <= 20 + count; seq += 1) script.event(said("lobby", seq));
  script.press("alt-1");
  return script;
}

test("few unread messages are read at the end, below a line that stays while one reads", () => {
  const script = away(3);
  expect(script.anchor).toBeNull();
  expect(script.room).toMatchObject({ unread: 0, read: 23, divider: 20 });
  script.event(said("lobby", 24));
  expect(script.room).toMatchObject({ read: 24, divider: 20 });
});

test("the line is gone once one says something, or has left", () => {
  const script = away(3);
  script.enter("hi");
  expect(script.room.divider).toBeNull();
  const other = away(3);
  other.press("alt-2", "alt-1");
  expect(other.room.divider).toBeNull();
});

test("the line of a room that one goes to by a command stays", () => {
  const script = reading(20);
  script.joins("ops");
  script.press("alt-2");
  script.event(said("lobby", 21));
  script.enter("/join lobby");
  expect([current(script), script.room.divider]).toEqual([roomKey("lobby"), 20]);
});

test("more unread messages than fit are begun with the first, and unread until their end is seen", () => {
  const script = away(60);
  expect(script.anchor).not.toBeNull();
  expect(script.room).toMatchObject({ unread: 60, read: 20, divider: 20 });
  script.press("pagedown");
  expect(script.room.unread).toBe(60);
  script.press("pagedown", "pagedown", "pagedown", "pagedown");
  expect(script.anchor).toBeNull();
  expect(script.room).toMatchObject({ unread: 0, read: 80, divider: 20 });
});

test("unread messages that begin before what is held are fetched", () => {
  const script = away(1500);
  expect(script.room.timeline.hasOlder).toBe(true);
  expect(script.asked("page").at(-1)?.wanted).toEqual({ part: "around", seq: 21 });
  expect(script.room.unread).toBe(1500);
  script.answer(logOf("lobby", 1520));
  expect(script.seqs).toContain(21);
  expect(script.anchor).not.toBeNull();
  expect([script.model.selected, script.room.unread]).toEqual([null, 1500]);
});

test("without a connection one begins with the oldest that is held", () => {
  const script = reading(20);
  script.joins("ops");
  script.press("alt-2");
  for (let seq = 21; seq <= 1520; seq += 1) script.event(said("lobby", seq));
  script.event({ type: "state", state: { phase: "connecting", attempt: 2 } });
  script.press("alt-1");
  expect(script.anchor).not.toBeNull();
  expect(script.toast).toBe("1,500 unread: Alt-U");
});

test("a room where one read further up is found there again, fetched if it is gone", () => {
  const script = reading(600);
  script.joins("ops");
  for (let times = 0; times < 4; times += 1) {
    script.press("ctrl-home");
    script.answer(logOf("lobby", 600));
  }
  const place = script.anchor;
  script.press("alt-2", "alt-1");
  expect(script.asked("page").at(-1)?.wanted).toEqual({ part: "around", seq: place ?? 0 });
  script.answer(logOf("lobby", 600));
  expect(script.seqs).toContain(place ?? 0);
  expect(script.anchor).not.toBeNull();
});

test("a room that one comes to by leaving another is not read before it was seen", () => {
  const script = inLobby();
  script.press("alt-2");
  for (let seq = 1; seq <= 60; seq += 1) script.event(said("lobby", seq));
  script.enter("/part");
  expect([current(script), script.room.unread, script.room.read]).toEqual([
    roomKey("lobby"),
    60,
    0,
  ]);
  expect(script.anchor).not.toBeNull();
});

test("where the first unread message can't be had, the rest is not read, and one is told how many", () => {
  const script = away(1500);
  const [page] = script.asked("page").slice(-1);
  if (page === undefined) throw new Error("no page was asked for");
  script.do({ type: "not-paged", room: "lobby", wanted: page.wanted, message: "Not now." });
  expect(script.anchor).not.toBeNull();
  expect([script.room.unread, script.toast]).toEqual([1500, "1,500 unread: Alt-U"]);
});
