// What line mode would print, shown in its place.

import { expect, test } from "bun:test";
import { commandHelp } from "@maru/chat-model/command";
import { update } from "@maru/chat-model/update";
import { MaruError, roomKey } from "@maru/sdk/chat";
import {
  fault,
  inLobby,
  logOf,
  online,
  reading,
  Script,
  said,
  waiting,
} from "../../../test/fixtures/scripted-screen.ts";
import { screenFrame } from "../view/screen-frame.ts";

const overlay = ({ model }: Script) => model.overlay;

test("a notice stands in the room at its end, and passes by where one reads further up", () => {
  const script = reading(150);
  script.enter("/nick");
  expect(script.notices).toEqual(["you are mina"]);
  script.press("pageup");
  script.enter("/nick");
  expect([script.notices.length, script.toast]).toEqual([1, "you are mina"]);
});

test("what happens in the room stands there as an event, and is not told a second time", () => {
  const script = inLobby();
  const presence = { joined: ["ann"], left: [], renamed: [], memberCount: 3 };
  script.event({ type: "presence", room: "lobby", ...presence });
  script.event({ type: "topic", room: "lobby", seq: 1, at: 1, from: "bob", topic: "tea" });
  script.event(said("lobby", 2));
  expect([script.notices, script.model.toast]).toEqual([[], null]);
  expect(script.room.timeline.count).toBe(3);
});

test("a member who is thrown out of a room is told why", () => {
  const script = inLobby();
  script.event({ type: "left", room: "ops", reason: fault });
  expect(script.toast).toBe("no longer in ops: It was refused.");
  script.event({ type: "left", room: "lobby", reason: fault });
  expect(script.toast).toContain("you are in no room");
});

test("a room that can't be joined for now stays, and is tried again on the next connection", () => {
  const script = inLobby();
  const [effect] = script.enter("/join secret").filter(({ type }) => type === "join");
  const error = new MaruError({ code: "internal", message: "Not now.", retryable: true });
  if (effect?.type === "join") script.do({ type: "failed", effect, error });
  expect(script.model.chat.current).toBe(roomKey("secret"));
  expect(script.notices.at(-1)).toContain("can't join secret now");
  script.event({ type: "state", state: waiting });
  const again = script.event({ type: "state", state: online });
  expect(again.filter(({ type }) => type === "join")).toEqual([{ type: "join", room: "secret" }]);
});

test("an ignored person is not writing, and comes back with what they said", () => {
  const script = reading(20);
  script.enter("/ignore bob");
  script.event({ type: "typing", room: "lobby", from: "bob" });
  expect(script.room.typing).toEqual([]);
  const effects = script.enter("/unignore bob");
  expect(effects).toContainEqual({ type: "page", room: "lobby", wanted: { part: "newest" } });
});

test("who is shown again while there is no connection comes back with it", () => {
  const script = reading(20);
  script.event(said("lobby", 21, "ann"));
  script.enter("/ignore bob");
  expect(script.seqs).toEqual([21]);
  script.event({ type: "state", state: waiting });
  script.enter("/unignore bob");
  expect(script.seqs).toEqual([21]);
  script.event({ type: "state", state: online });
  const effects = script.joins("lobby", 21, { again: true });
  expect(effects).toContainEqual({ type: "page", room: "lobby", wanted: { part: "newest" } });
});

test("what is read, chosen and begun stays beside what is gone of an ignored person", () => {
  const script = new Script();
  script.joins("lobby", 60);
  const log = logOf("lobby", 60).map((each) => (each.seq % 2 ? { ...each, from: "ann" } : each));
  script.answer(log);
  script.press("pageup", "alt-p");
  expect(script.model.selected).not.toBeNull();
  script.model = {
    ...script.model,
    anchors: new Map([[roomKey("lobby"), { key: 30, row: 0 }]]),
    selected: 30,
  };
  script.enter("/ignore bob");
  expect([script.anchor, script.model.selected]).toEqual([29, null]);
});

test("/last goes to the newest messages", () => {
  const script = reading(150);
  script.press("pageup");
  expect(script.anchor).not.toBeNull();
  script.enter("/last 5");
  expect([script.anchor, script.toast]).toEqual([
    null,
    "these are the newest messages; scroll up for older ones",
  ]);
  script.enter("/last x");
  expect(script.notices.at(-1)).toContain("how many?");
});

test("another nick is no new connection", () => {
  const script = inLobby();
  script.event({ type: "state", state: { phase: "online", nick: "mia", sinceMs: 0 } });
  expect([script.model.joining.size, script.model.chat.me]).toEqual([0, "mia"]);
});

test("a log that has lost its end means other messages by its seqs", () => {
  const script = reading(20);
  script.press("alt-q");
  expect(script.model.compose.kind).toBe("reply");
  script.joins("lobby", 12, { again: true });
  expect([script.model.compose.kind, script.model.selected]).toEqual(["say", null]);
});

test("a room that can't be joined is left again, and its text stays in the line", () => {
  const script = inLobby();
  const [effect] = script.enter("/join secret").filter(({ type }) => type === "join");
  script.type("hello");
  if (effect?.type === "join") script.do({ type: "failed", effect, error: fault });
  expect([script.model.chat.current, script.text]).toEqual([null, "hello"]);
  expect(script.toast).toContain("you are in no room");
  script.press("alt-1");
  expect([script.text, script.model.drafts.get(roomKey("secret"))?.text]).toEqual(["", "hello"]);
});

test("help on one command is a text to be read, help on all the keys as they are bound", () => {
  const script = inLobby();
  script.enter("/help join");
  expect(overlay(script)).toMatchObject({ kind: "text", top: 0 });
  script.press("escape");
  script.enter("/help");
  expect(overlay(script)).toEqual({ kind: "keys", top: 0 });
});

const found = { type: "found", query: "tea", next: null, isBehind: false } as const;

test("an answer comes where it is waited for, and keeps what was typed meanwhile", () => {
  const script = inLobby();
  script.enter("/search tea");
  script.type("gre");
  script.do({ ...found, messages: [said("lobby", 1, "bob", "green tea"), said("lobby", 2)] });
  expect(overlay(script)).toMatchObject({ isWaiting: false, filter: { text: "gre" } });
  expect(overlay(script)).toMatchObject({ choices: [{ seq: 2 }, { seq: 1 }] });
});

test("an answer that is not waited for any more takes no key from what is typed", () => {
  const script = inLobby();
  script.enter("/search tea");
  script.press("escape");
  script.type("hello");
  script.do({ ...found, messages: [said("lobby", 1)] });
  script.do({ type: "directory", rooms: [] });
  script.press("enter");
  expect([overlay(script), script.asked("send").length]).toEqual([null, 1]);
});

test("a search that fails is not waited for", () => {
  const script = inLobby();
  const [effect] = script.enter("/search tea").filter(({ type }) => type === "search");
  if (effect?.type === "search") script.do({ type: "failed", effect, error: fault });
  expect([overlay(script), script.notices.at(-1)]).toEqual([null, "It was refused."]);
});

test("the list is of rooms with people in them, and says so wherever it is named", () => {
  const script = inLobby();
  script.enter("/list");
  const titleOf = () => {
    const shown = overlay(script);
    return shown?.kind === "list" ? shown.title : null;
  };
  const waiting = titleOf();
  script.do({ type: "directory", rooms: [] });
  const rows = screenFrame(script.model).rows.map((row) => row.map(({ text }) => text).join(""));
  const empty = rows.find((row) => row.includes("no room has")) ?? null;
  const lines = update(script.model.chat, { type: "directory", rooms: [] }).lines;
  const said = [
    commandHelp.find(({ name }) => name === "list")?.about,
    waiting,
    titleOf(),
    empty,
    lines[0]?.type === "notice" ? lines[0].text : null,
  ];
  for (const words of said) expect(words).toMatch(/people in (them|it)/);
});

test("the rooms with people in them can be chosen from, and entered", () => {
  const script = inLobby();
  expect(script.enter("/list")).toEqual([{ type: "rooms" }]);
  const rooms = [
    { room: "ops", memberCount: 4, topic: "" },
    { room: "den", memberCount: 2, topic: "tea" },
  ];
  script.do({ type: "directory", rooms });
  expect(overlay(script)).toMatchObject({
    choices: [{ detail: "4 here" }, { detail: "2 here  tea" }],
  });
  expect(script.press("down", "enter")).toMatchObject([{ type: "join", room: "den" }]);
});

test("the rooms that are joined again after a reconnect are counted down", () => {
  const script = inLobby();
  const progress = () => [script.model.joining.size, script.model.joiningOf];
  script.event({ type: "state", state: waiting });
  script.event({ type: "state", state: online });
  expect(progress()).toEqual([2, 2]);
  script.joins("ops", 0, { again: true });
  expect(progress()).toEqual([1, 2]);
  script.event({ type: "left", room: "lobby", reason: fault });
  expect(progress()).toEqual([0, 2]);
});

test("a connection that is lost meanwhile leaves nothing to be counted", () => {
  const script = inLobby();
  script.event({ type: "state", state: online });
  script.event({ type: "state", state: waiting });
  expect(script.model.joining.size).toBe(0);
});

test("a connection that is closed for good ends the chat, with why", () => {
  const script = inLobby();
  const effects = script.event({ type: "state", state: { phase: "closed", reason: fault } });
  expect([effects, script.toast]).toEqual([[{ type: "quit" }], "It was refused."]);
});

test("what is unread in an open room is known from the server, unless one has read further", () => {
  const script = reading(10);
  script.joins("ops", 30);
  const each = { room: "ops", epoch: "e", head: 30, read: 20, unread: 9, mentions: 1 };
  const lobby = { ...each, room: "lobby", head: 10, read: 4, unread: 6 };
  const other = { ...each, room: "ops", epoch: "f", unread: 99 };
  script.do({ type: "inbox", rooms: [each, lobby, other], isBrief: true });
  const fields = { unread: 9, mentions: 1, read: 20, marked: 20, divider: 20 };
  expect(script.model.chat.rooms.get(roomKey("ops"))).toMatchObject(fields);
  expect(script.room).toMatchObject({ unread: 0, read: 10, divider: null });
  expect(script.notices).toEqual([]);
});

test("a conversation that the other began has its two people, and opens at the inbox's word", () => {
  const script = new Script();
  script.joins("lobby");
  script.do({ type: "started" });
  const each = { room: "@bob+mina", epoch: "e", head: 2, read: 0, unread: 2, mentions: 0 };
  script.do({ type: "inbox", rooms: [each], isBrief: true });
  const room = script.model.chat.rooms.get(roomKey("@bob+mina"));
  expect(room).toMatchObject({ unread: 2, mentions: 2, members: ["bob", "mina"] });
  script.event({ type: "state", state: waiting });
  const back = script.event({ type: "state", state: online });
  expect(back).toContainEqual({ type: "inbox", isBrief: true });
});
