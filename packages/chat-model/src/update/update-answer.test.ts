// What was asked for and how it is told: lists, finds, what is unread, and what was read.

import { expect, test } from "bun:test";
import { type ChatClientState, type InboxRoom, MaruError, roomKey } from "@maru/sdk/chat";
import { createModel, type Model, withRoom } from "../model/model.ts";
import type { Input, Message, Step } from "../model/step.ts";
import { update } from "./update.ts";

const online: ChatClientState = { phase: "online", nick: "ann", sinceMs: 0 };

function inLobby(): Model {
  const entered = withRoom(createModel("ann", online), "lobby", { memberCount: 2 });
  return { ...entered, current: roomKey("lobby") };
}

const texts = ({ lines }: Step) => lines.map((line) => line.text);
const type = (line: string): Input => ({ type: "typed", line });
const said = (seq: number, fields: Partial<Message> = {}): Message => ({
  type: "message",
  room: "lobby",
  seq,
  at: 0,
  from: "bob",
  text: `text ${seq}`,
  ...fields,
});
const event = (value: Message): Input => ({ type: "event", event: value });
const after = (model: Model, ...inputs: Input[]): Model =>
  inputs.reduce((current, input) => update(current, input).model, model);
const unread = (room: string, count: number, mentions = 0): InboxRoom => ({
  room,
  epoch: "e",
  head: 99,
  read: 0,
  unread: count,
  mentions,
});
const inbox = (isBrief: boolean, ...rooms: InboxRoom[]): Input => ({
  type: "inbox",
  rooms,
  isBrief,
});

test("/last asks for messages, which come with their numbers and can be named then", () => {
  const asked = update(inLobby(), type("/last 3"));
  expect(asked.effects).toEqual([{ type: "last", room: "lobby", count: 3 }]);
  expect(texts(update(inLobby(), type("/last 1000")))[0]).toContain("from 1 to 200");
  const messages = [said(4, { from: "ann" }), said(7, { replyTo: 4 })];
  const next = update(inLobby(), { type: "listed", room: "lobby", messages });
  expect(next.lines).toMatchObject([{ number: 4 }, { number: 7, answers: { from: "ann" } }]);
  expect(update(next.model, type("/edit x")).effects).toMatchObject([{ target: 4 }]);
  const none = update(inLobby(), { type: "listed", room: "lobby", messages: [] });
  expect(texts(none)).toEqual(["nothing was said here yet"]);
});

test("a search is of the room, or of everything, and says what may be missing", () => {
  expect(update(inLobby(), type("/search tea time")).effects).toEqual([
    { type: "search", query: "tea time", room: "lobby" },
  ]);
  expect(update(inLobby(), type("/search -a tea")).effects).toEqual([
    { type: "search", query: "tea", room: null },
  ]);
  expect(texts(update(inLobby(), type("/search -a")))[0]).toContain("for what?");
  const asked = { type: "search", query: "tea", room: "lobby" } as const;
  const found = { type: "found", query: "tea", next: null, isBehind: false, asked } as const;
  const nothing = (query: string, room: string | null) => {
    const answer = {
      ...found,
      query,
      messages: [],
      asked: { type: "search", query, room },
    } as const;
    return texts(update(inLobby(), answer));
  };
  const wider = "/search -a looks in all your rooms and conversations";
  expect(nothing("tea", "lobby")).toEqual([
    `nothing was found for tea in lobby; tea* finds words that begin so; ${wider}`,
  ]);
  expect(nothing("green tea", null)).toEqual([
    "nothing was found for green tea in your rooms and conversations; green* tea* finds words that begin so; a message must hold all of the words",
  ]);
  for (const query of ["tea*", '"green tea"', "여러", "차"]) {
    expect(nothing(query, "lobby")).toEqual([`nothing was found for ${query} in lobby; ${wider}`]);
  }
  const far = update(inLobby(), { ...found, messages: [], next: "on" });
  expect(texts(far)[0]).toStartWith(
    "nothing was found yet for tea in lobby; there may be older ones",
  );
  const some = update(inLobby(), { ...found, messages: [said(1)], next: "on", isBehind: true });
  expect(some.lines[0]).toMatchObject({ type: "message", number: 1 });
  expect(texts(some)[1]).toBe(
    "1 message; there may be older ones: /search alone looks for them; the newest may be missing: the index is behind",
  );
  expect(update(some.model, type("/search")).effects).toEqual([{ ...asked, cursor: "on" }]);
  const last = update(some.model, { ...found, messages: [said(1)] });
  expect(texts(last)[1]).toBe("1 message");
  expect(texts(update(last.model, type("/search")))[0]).toContain("for what?");
});

test("a newcomer hears of conversations and of rooms that name them, in one line", () => {
  const arrived = update(inLobby(), { type: "started" });
  expect(arrived.effects).toEqual([{ type: "inbox", isBrief: true }]);
  const one = update(inLobby(), inbox(true, unread("@ann+jun", 3), unread("ops", 9)));
  expect(texts(one)).toEqual(["3 unread from jun: /join @jun"]);
  const two = update(inLobby(), inbox(true, unread("@ann+jun", 1000), unread("ops", 9, 2)));
  expect(texts(two)).toEqual([
    "1000+ unread from jun; 9 unread in ops, 2 of them name you: /join @jun, /join ops",
  ]);
  const here = update(inLobby(), inbox(true, unread("lobby", 4, 1)));
  expect(texts(here)).toEqual(["4 unread in lobby, 1 of them name you: /last 4"]);
  expect(update(inLobby(), inbox(true, unread("ops", 9), unread("@ann+jun", 0))).lines).toEqual([]);
});

test("/unread lists every room with something unread", () => {
  expect(texts(update(inLobby(), inbox(false)))).toEqual(["nothing is unread"]);
  const some = update(inLobby(), inbox(false, unread("@ann+jun", 3), unread("ops", 9, 2)));
  expect(texts(some)).toEqual(["@jun: 3 unread\nops: 9 unread, 2 of them name you"]);
});

test("joining a room with something unread shows it, once", () => {
  const told = after(inLobby(), inbox(true, unread("@ann+jun", 3)));
  const joined = update(told, type("/join @jun"));
  expect(joined.effects).toEqual([
    { type: "join", room: "@ann+jun" },
    { type: "last", room: "@ann+jun", count: 3 },
  ]);
  const again = after(joined.model, type("/join lobby"));
  expect(update(again, type("/join @jun")).effects).toEqual([]);
});

test("what was shown in the room that is talked in is marked when due, once, and only online", () => {
  const seen = after(inLobby(), event(said(5)), event(said(8, { room: "ops" })));
  const due = update(seen, { type: "due" });
  expect(due.effects).toEqual([{ type: "mark", room: "lobby", seq: 5, isAsked: false }]);
  expect(update(due.model, { type: "due" }).effects).toEqual([]);
  expect(update(seen, type("/part")).effects).toEqual([
    { type: "mark", room: "lobby", seq: 5, isAsked: false },
    { type: "leave", room: "lobby" },
  ]);
  const offline = { ...seen, state: { phase: "connecting", attempt: 1 } as const };
  expect(update(offline, { type: "due" }).effects).toEqual([]);
  const elsewhere = after(due.model, type("/join ops"));
  expect(update(elsewhere, { type: "due" }).effects).toMatchObject([{ room: "ops", seq: 8 }]);
});

test("a mark that fails for now is tried again in silence", () => {
  const due = update(after(inLobby(), event(said(5))), { type: "due" });
  const effect = { type: "mark", room: "lobby", seq: 5, isAsked: false } as const;
  const error = new MaruError({ code: "busy", message: "m", retryable: true });
  const failed = update(due.model, { type: "failed", effect, error });
  expect(failed.lines).toEqual([]);
  expect(update(failed.model, { type: "due" }).effects).toEqual([effect]);
});

test("/read marks all that is known of the room, and tells it", () => {
  const read = update(withRoom(inLobby(), "lobby", { head: 12 }), type("/read"));
  expect(read.effects).toEqual([{ type: "mark", room: "lobby", seq: 12, isAsked: true }]);
  expect(texts(update(read.model, { type: "marked", room: "lobby" }))).toEqual(["marked as read"]);
  expect(texts(update(inLobby(), type("/read")))).toEqual(["there is nothing to read here"]);
});
