// What line mode would print, shown in its place.

import { expect, test } from "bun:test";
import { fault, inLobby, online, reading, type Script, said, waiting } from "./scripted-screen.ts";

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

test("whoever is thrown out of a room is told why", () => {
  const script = inLobby();
  script.event({ type: "left", room: "ops", reason: fault });
  expect(script.toast).toBe("no longer in ops: It was refused.");
  script.event({ type: "left", room: "lobby", reason: fault });
  expect(script.toast).toContain("you are in no room");
});

test("a room that can't be joined is left again, and its text stays with it", () => {
  const script = inLobby();
  const [effect] = script.enter("/join secret").filter(({ type }) => type === "join");
  script.type("hello");
  if (effect?.type === "join") script.do({ type: "failed", effect, error: fault });
  expect([script.model.chat.current, script.text]).toEqual(["lobby", ""]);
  expect(script.model.drafts.get("secret")?.text).toBe("hello");
  expect(script.notices[0]).toBe("can't join secret: It was refused.");
});

test("help on one command is a text to be read, help on all the keys as they are bound", () => {
  const script = inLobby();
  script.enter("/help join");
  expect(overlay(script)).toMatchObject({ kind: "text", top: 0 });
  script.press("escape");
  script.enter("/help");
  expect(overlay(script)).toEqual({ kind: "keys", top: 0 });
});

const found = { type: "found", query: "tea", more: false, isBehind: false } as const;

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

test("the rooms there are can be chosen from, and entered", () => {
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
  expect(script.model.chat.rooms.get("ops")).toMatchObject(fields);
  expect(script.room).toMatchObject({ unread: 0, read: 10, divider: null });
  expect(script.notices).toEqual([]);
});
