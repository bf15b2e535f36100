// The chat's model under what the server and the person do.

import { expect, test } from "bun:test";
import { type ChatClientEvent, type ChatClientState, MaruError, roomKey } from "@maru/sdk/chat";
import { createModel, type Model, withCurrent, withRoom } from "../model/model.ts";
import type { Input, Step } from "../model/step.ts";
import { update } from "./update.ts";

const online: ChatClientState = { phase: "online", nick: "ann", sinceMs: 0 };
const fault = new MaruError({ code: "x", message: "It failed.", retryable: false });
const waiting: ChatClientState = { phase: "waiting", untilMs: 0, attempt: 1, reason: fault };

function inLobby(): Model {
  const entered = withRoom(createModel("ann", online), "lobby", { memberCount: 2 });
  return { ...entered, current: roomKey("lobby") };
}

const event = (model: Model, value: ChatClientEvent) =>
  update(model, { type: "event", event: value });
const texts = ({ lines }: Step) => lines.map((line) => line.text);

function after(model: Model, ...inputs: Input[]): Model {
  return inputs.reduce((current, input) => update(current, input).model, model);
}

test("a room that is joined becomes the one that is talked in, if there is none", () => {
  const joined: ChatClientEvent = {
    type: "joined",
    room: "Lobby",
    epoch: "e",
    head: 0,
    topic: "tea",
    memberCount: 3,
    members: [],
    recovered: false,
    again: false,
  };
  const next = event(createModel("ann", online), joined);
  expect([next.model.current, next.model.rooms.get(roomKey("lobby"))?.topic]).toEqual([
    "lobby",
    "tea",
  ]);
  expect(texts(next)).toEqual(["you are in Lobby: 3 people are here; topic: tea"]);
  expect(event(next.model, { ...joined, again: true }).lines).toEqual([]);
});

test("knows one's own messages, and enters the room of a first conversation", () => {
  const said = {
    type: "message",
    room: "@ann+bob",
    seq: 1,
    at: 5,
    from: "bob",
    text: "hi",
  } as const;
  const next = event(inLobby(), said);
  expect(next.lines[0]).toMatchObject({ type: "message", isOwn: false, atMs: 5 });
  expect(next.model.rooms.has(roomKey("@ann+bob"))).toBe(true);
  expect(next.model.current).toBe(roomKey("lobby"));
  expect(event(inLobby(), { ...said, from: "ann" }).lines[0]).toMatchObject({ isOwn: true });
});

test("tells who comes, goes and is renamed, but not of oneself", () => {
  const next = event(inLobby(), {
    type: "presence",
    room: "lobby",
    memberCount: 4,
    joined: ["bob", "ann"],
    left: ["cat"],
    renamed: [{ from: "dan", to: "don" }],
  });
  expect(texts(next)).toEqual(['"bob" is here', '"cat" has left', '"dan" is "don" now']);
  expect(next.model.rooms.get(roomKey("lobby"))?.memberCount).toBe(4);
});

test("announces a lost connection once, and the return once", () => {
  const lost = event(inLobby(), { type: "state", state: waiting });
  expect(texts(lost)[0]).toContain("It failed. Reconnecting");
  const again = event(lost.model, { type: "state", state: { ...waiting, attempt: 2 } });
  expect(again.lines).toEqual([]);
  const back = event(again.model, { type: "state", state: online });
  expect(texts(back)).toEqual(["back online"]);
  expect(event(back.model, { type: "state", state: online }).lines).toEqual([]);
});

test("ends when the connection is closed for good, and says why", () => {
  const ended = event(inLobby(), { type: "state", state: { phase: "closed", reason: fault } });
  expect([texts(ended), ended.effects]).toEqual([["It failed."], [{ type: "quit" }]]);
});

test("shows what is said offline as waiting", () => {
  const away = after(inLobby(), { type: "event", event: { type: "state", state: waiting } });
  const next = update(away, { type: "typed", line: "hello" });
  expect(texts(next)).toEqual(["waits for the connection: hello"]);
  expect(next.effects).toHaveLength(1);
});

test("a room that can't be joined is left for the one before", () => {
  const asked = update(inLobby(), { type: "typed", line: "/join secret" });
  expect(asked.model.current).toBe(roomKey("secret"));
  const effect = { type: "join", room: "secret" } as const;
  const refused = update(asked.model, { type: "failed", effect, error: fault });
  expect([refused.model.current, texts(refused)]).toEqual([
    roomKey("lobby"),
    ["can't join secret: It failed.", "you talk in lobby"],
  ]);
});

test("a text that is not taken stays in view", () => {
  const effect = { type: "send", room: "lobby", text: "my words", action: false } as const;
  const next = update(inLobby(), { type: "failed", effect, error: fault });
  expect(texts(next)).toEqual(["not sent: my words (It failed.)"]);
});

test("a room that is lost is told, and talking goes on in another", () => {
  const two = withCurrent(withRoom(inLobby(), "ops"), roomKey("ops"));
  const next = event(two, { type: "left", room: "ops", reason: fault });
  expect([next.model.current, texts(next)]).toEqual([
    roomKey("lobby"),
    ["no longer in ops: It failed.", "you talk in lobby"],
  ]);
});

test("announces missing messages", () => {
  const next = event(inLobby(), { type: "reset", room: "lobby", after: 3 });
  expect(texts(next)[0]).toContain("missing here");
});

const joinedLobby: Extract<ChatClientEvent, { type: "joined" }> = {
  type: "joined",
  room: "lobby",
  epoch: "e",
  head: 0,
  topic: "",
  memberCount: 1,
  members: [],
  recovered: false,
  again: true,
};

test("a room's log that was begun anew is a restart, and no gap", () => {
  const reset = { type: "reset", room: "lobby", after: 3 } as const;
  const first = event(createModel("ann", online), { ...joinedLobby, again: false }).model;
  const same = event(first, joinedLobby).model;
  expect(texts(event(same, reset))[0]).toContain("messages are missing here");
  const anew = event(same, { ...joinedLobby, epoch: "f" }).model;
  const told = event(anew, reset);
  expect(texts(told)).toEqual(["the server was restarted: what was said before is gone from it"]);
  expect(texts(event(told.model, reset))[0]).toContain("messages are missing here");
});

const type = (line: string): Input => ({ type: "typed", line });
const leave = (model: Model, room: string) => event(model, { type: "left", room, reason: null });

test("after a leave one talks in the room before, not in a conversation", () => {
  const three = after(inLobby(), type("/join ops"), type("/join den"), type("/join lobby"));
  const talking = after(three, type("/msg bob hi"));
  const first = leave(talking, "lobby");
  expect([first.model.current, texts(first)]).toEqual([
    roomKey("den"),
    ["you left lobby", "you talk in den"],
  ]);
  const other = leave(first.model, "ops");
  expect([other.model.current, texts(other)]).toEqual([roomKey("den"), ["you left ops"]]);
  const last = leave(other.model, "den");
  expect(last.model.current).toBeNull();
  expect(texts(last)).toEqual(["you left den", "you are in no room: /join ROOM"]);
  expect(update(last.model, type("hello")).effects).toEqual([]);
  const again = event(last.model, { ...joinedLobby, room: "@ann+bob" });
  expect(again.model.current).toBeNull();
});

test("a conversation that was entered on purpose is gone back to", () => {
  const model = after(inLobby(), type("/join @bob"), type("/join ops"));
  expect(texts(leave(model, "ops"))).toEqual(["you left ops", "you talk in @bob"]);
});

test("what is typed behind /quit is dropped", () => {
  const left = update(inLobby(), type("/quit"));
  expect(left.effects).toEqual([{ type: "quit" }]);
  const next = update(left.model, type("not meant for anybody"));
  expect([next.effects, next.lines]).toEqual([[], []]);
});

test("tells that the other one is not here, once until they are again", () => {
  const waits = '"bob" is not here now: it is kept for when they come back';
  const room = "@ann+bob";
  const said = { type: "said", room, isAbsent: true } as const;
  const begun = update(inLobby(), { type: "typed", line: "/msg bob hi" }).model;
  const first = update(begun, said);
  expect(texts(first)).toEqual([waits]);
  expect(texts(update(first.model, said))).toEqual([]);
  const back = event(first.model, { type: "presence", room, memberCount: 2, joined: ["bob"] });
  expect(texts(back)).toEqual(['"bob" is here']);
  expect(texts(update(back.model, said))).toEqual([waits]);
  const seen = update(first.model, { ...said, isAbsent: false });
  expect(texts(update(seen.model, said))).toEqual([waits]);
});

const stamp = { room: "lobby", at: 0, from: "bob" } as const;

test("tells what was done to a message, and by what it is remembered", () => {
  const said = event(inLobby(), { ...stamp, type: "message", seq: 4, text: "tea at for" }).model;
  const edit = { ...stamp, type: "edit", seq: 5, target: 4, text: "tea at four" } as const;
  const edited = event(said, edit);
  expect(texts(edited)).toEqual(["bob edited message 4 “tea at for”: tea at four"]);
  const reaction = { ...stamp, type: "reaction", seq: 6, target: 4, emoji: "👍" } as const;
  expect(texts(event(edited.model, reaction))).toEqual([
    "bob put 👍 under message 4 “tea at four”",
  ]);
  expect(texts(event(said, { ...reaction, removed: true, target: 1 }))).toEqual([
    "bob took 👍 back from message 1",
  ]);
});

test("what was taken back is not said again, neither then nor in an answer", () => {
  const said = event(inLobby(), { ...stamp, type: "message", seq: 4, text: "secret" }).model;
  const redaction = { ...stamp, type: "redaction", seq: 5, target: 4, reason: "oops" } as const;
  const gone = event(said, redaction);
  expect(texts(gone)).toEqual(["bob took message 4 back: oops"]);
  const answer = { ...stamp, type: "message", seq: 6, text: "what?", replyTo: 4 } as const;
  expect(event(gone.model, answer).lines).toMatchObject([{ answers: { seq: 4, excerpt: "" } }]);
  const replayed = { ...stamp, type: "message", seq: 4, text: "", redacted: true } as const;
  expect(event(inLobby(), replayed).lines).toMatchObject([{ isRedacted: true }]);
});

test("seqs of a log that was begun anew say nothing about the one before", () => {
  const first = event(createModel("ann", online), { ...joinedLobby, head: 9, again: false }).model;
  const seen = event(first, { ...stamp, type: "message", seq: 10, text: "x" }).model;
  const anew = event(seen, { ...joinedLobby, epoch: "f", head: 2 }).model;
  expect(anew.rooms.get(roomKey("lobby"))).toMatchObject({
    head: 2,
    shown: 0,
    read: 0,
    timeline: { count: 0 },
  });
});

test("what waits for the connection is shown, amendments too", () => {
  const offline = after(inLobby(), { type: "event", event: { type: "state", state: waiting } });
  expect(texts(update(offline, type("/edit 4 better")))).toEqual([
    "waits for the connection: better",
  ]);
  expect(texts(update(offline, type("/last")))).toEqual([]);
});
