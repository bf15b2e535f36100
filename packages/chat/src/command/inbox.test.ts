// Markers, unread counts, mentions: what a person finds who was away.

import { describe, expect, test } from "bun:test";
import { unreadMax } from "@maru/protocol/chat";
import { ChatFixture, type Message, type Visitor } from "../../test/chat-fixture.ts";
import { LateLog } from "../../test/late-log.ts";
import { questionsMax } from "../hub/questions.ts";
import { markedEmptyMax } from "./mark.ts";

function inbox(visitor: Visitor, after?: string) {
  return visitor.ask("inbox", after === undefined ? {} : { after }) as Message<"conversations">;
}

test("a conversation is in the inbox of both from its first line on, though one was away", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("Mina");
  mina.ask("send", { room: "@mina+jun", text: "call me, @jun" });
  mina.ask("send", { room: "@mina+jun", text: "please" });
  const jun = fixture.guest("jun");
  expect(inbox(jun)).toMatchObject({
    rooms: [{ room: "@jun+mina", read: 0, head: 2, unread: 2, mentions: 1 }],
    more: false,
  });
  expect(inbox(mina)).toMatchObject({ rooms: [{ unread: 0, mentions: 0 }] });
});

test("who is addressed at the beginning, or with a Korean ending, finds it in the inbox", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("준호")];
  for (const visitor of [mina, jun]) visitor.ask("join", { room: "lobby" });
  jun.ask("send", { room: "lobby", text: "mina: can you?" });
  for (const visitor of [mina, jun]) visitor.ask("mark", { room: "lobby", seq: 0 });
  jun.ask("send", { room: "lobby", text: "can mina: you?" });
  jun.ask("send", { room: "lobby", text: "@mina님" });
  mina.ask("send", { room: "lobby", text: "@준호야, 응" });
  expect(inbox(mina).rooms).toMatchObject([{ unread: 3, mentions: 2 }]);
  expect(inbox(jun).rooms).toMatchObject([{ unread: 1, mentions: 1 }]);
});

test("a marked room counts the messages of others behind the marker, and nothing else", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  for (const visitor of [mina, jun]) visitor.ask("join", { room: "lobby" });
  jun.ask("send", { room: "lobby", text: "one @MINA" });
  expect(inbox(mina).rooms).toEqual([]);
  expect(mina.ask("mark", { room: "lobby", seq: 0 })).toEqual({
    type: "marked",
    re: expect.any(Number),
    room: "lobby",
    seq: 0,
  });
  jun.ask("send", { room: "lobby", text: "two" });
  jun.ask("topic", { room: "lobby", topic: "t" });
  jun.ask("react", { room: "lobby", target: 1, emoji: "👍" });
  mina.ask("send", { room: "lobby", text: "mine" });
  jun.ask("send", { room: "lobby", text: "gone" });
  jun.ask("redact", { room: "lobby", target: 6 });
  expect(inbox(mina).rooms).toMatchObject([{ read: 0, head: 7, unread: 2, mentions: 1 }]);
  mina.ask("mark", { room: "lobby", seq: 1 });
  expect(inbox(mina).rooms).toMatchObject([{ read: 1, unread: 1, mentions: 0 }]);
  mina.ask("mark", { room: "lobby", seq: 0 });
  expect(inbox(mina).rooms).toMatchObject([{ read: 0, unread: 2 }]);
});

test("a mark where nothing was said is answered, and stands in no inbox, the other's neither", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  mina.ask("join", { room: "lobby" });
  for (const room of ["@mina+jun", "@mina+who-never-was", "lobby"]) {
    expect(mina.ask("mark", { room, seq: 0 })).toMatchObject({ type: "marked", seq: 0 });
    expect(mina.ask("mark", { room, seq: 1 })).toMatchObject({ code: "invalid_message" });
  }
  expect([inbox(mina).rooms, inbox(jun).rooms]).toEqual([[], []]);
  expect(fixture.service.counts.rooms).toBe(1);
});

test("who has read an empty room to its end finds unread there what is said first, and is noted in bounds", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  for (const visitor of [mina, jun]) visitor.ask("join", { room: "lobby" });
  expect(mina.ask("mark", { room: "lobby", seq: 0 })).toMatchObject({ type: "marked", seq: 0 });
  mina.leaveForGood();
  for (const text of ["1", "2"]) jun.ask("send", { room: "lobby", text });
  const again = fixture.guest("mina");
  expect(inbox(again).rooms).toMatchObject([{ room: "lobby", read: 0, unread: 2 }]);
  expect(inbox(jun).rooms).toEqual([]);
  const watcher = fixture.guest("watcher");
  watcher.ask("join", { room: "empty" });
  for (let count = 0; count <= markedEmptyMax; count += 1) {
    const guest = fixture.guest(`g${count}`);
    guest.ask("join", { room: "empty" });
    guest.ask("mark", { room: "empty", seq: 0 });
    guest.leaveForGood();
  }
  watcher.ask("send", { room: "empty", text: "first" });
  const noted = (nick: string) => inbox(fixture.guest(nick)).rooms.length;
  expect([noted("g0"), noted("g1"), noted(`g${markedEmptyMax}`)]).toEqual([0, 1, 1]);
});

describe("new markers of an address", () => {
  const bucket = (burst: number, perHour: number) => ({
    newMarkerBurstPerIp: burst,
    newMarkerRatePerIp: perHour,
  });
  const hour = 3_600_000;
  const at = (fixture: ChatFixture, nick: string, address?: string) => {
    const visitor = fixture.guest(nick, undefined, address);
    visitor.ask("join", { room: "lobby" });
    return visitor;
  };
  const mark = (visitor: Visitor) => visitor.ask("mark", { room: "lobby", seq: 1 });
  const [marked, refused] = [{ type: "marked" }, { code: "rate_limited", retryable: true }];

  test("are so many at once and as time passes, whatever nicks and connections it takes", () => {
    const fixture = new ChatFixture(bucket(3, 60));
    at(fixture, "jun").ask("send", { room: "lobby", text: "one line" });
    const renamed = at(fixture, "z0");
    expect(mark(renamed)).toMatchObject(marked);
    for (const nick of ["z1", "z2"]) {
      renamed.ask("nick", { nick });
      expect(mark(renamed)).toMatchObject(marked);
    }
    renamed.ask("nick", { nick: "z3" });
    expect(mark(renamed)).toMatchObject({ ...refused, retryAfterMs: hour / 60 });
    renamed.leaveForGood();
    const again = at(fixture, "z4");
    expect(mark(again)).toMatchObject(refused);
    expect(mark(at(fixture, "far", "10.0.0.1"))).toMatchObject(marked);
    fixture.now += hour / 60 - 1;
    expect(mark(again)).toMatchObject(refused);
    fixture.now += 1;
    expect(mark(again)).toMatchObject(marked);
  });

  test("cost nothing once they are there: after a restart of all of them at once, and where none is left", () => {
    const fixture = new ChatFixture(bucket(3, 1));
    at(fixture, "jun").ask("send", { room: "lobby", text: "one line" });
    const nicks = ["a", "b", "c"];
    for (const nick of nicks) {
      const guest = at(fixture, nick);
      expect(mark(guest)).toMatchObject(marked);
      guest.leaveForGood();
    }
    for (let round = 0; round < 5; round += 1) {
      for (const nick of nicks) {
        const guest = at(fixture, nick);
        expect(mark(guest)).toMatchObject(marked);
        guest.leaveForGood();
      }
    }
    expect(mark(at(fixture, "d"))).toMatchObject(refused);
    fixture.now += hour;
    // What is marked again takes nothing of what has come back.
    expect(mark(at(fixture, "a"))).toMatchObject(marked);
    expect(mark(at(fixture, "d2"))).toMatchObject(marked);
  });

  test("are counted where an empty room's are set, and what the room doesn't have costs nothing", () => {
    const fixture = new ChatFixture(bucket(2, 1));
    const guests = ["a", "b", "c"].map((nick) => at(fixture, nick));
    for (const guest of guests) {
      for (let n = 0; n < 5; n += 1) {
        expect(guest.ask("mark", { room: "lobby", seq: 0 })).toMatchObject(marked);
      }
    }
    const far = at(fixture, "far", "10.0.0.1");
    far.ask("mark", { room: "lobby", seq: 0 });
    const talker = at(fixture, "talker", "10.0.0.2");
    talker.ask("send", { room: "lobby", text: "first" });
    const noted = [...guests, far].map((guest) => inbox(guest).rooms.length);
    expect(noted).toEqual([1, 1, 0, 1]);
  });

  test("strangers who mark an empty room push out only what comes from their address", () => {
    const fixture = new ChatFixture();
    const mina = at(fixture, "mina", "10.0.0.1");
    mina.ask("mark", { room: "lobby", seq: 0 });
    const eve = at(fixture, "e0");
    for (let n = 1; n <= markedEmptyMax; n += 1) {
      eve.ask("mark", { room: "lobby", seq: 0 });
      eve.ask("nick", { nick: `e${n}` });
    }
    eve.ask("mark", { room: "lobby", seq: 0 });
    eve.ask("send", { room: "lobby", text: "first" });
    expect(inbox(mina).rooms).toMatchObject([{ room: "lobby", read: 0, unread: 1 }]);
  });
});

test("what isn't there can't be marked, nor a room of others", () => {
  const fixture = new ChatFixture();
  const [mina, eve] = [fixture.guest("mina"), fixture.guest("eve")];
  mina.ask("join", { room: "lobby" });
  expect(mina.ask("mark", { room: "lobby", seq: 1 })).toMatchObject({
    code: "invalid_message",
    field: "seq",
  });
  expect(eve.ask("mark", { room: "lobby", seq: 0 })).toMatchObject({ code: "not_joined" });
  expect(eve.ask("mark", { room: "@jun+mina", seq: 0 })).toMatchObject({ code: "forbidden" });
});

test("pages by name, and counts no further than a list shows", () => {
  const fixture = new ChatFixture({ roomsPerSession: 100 });
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  const rooms = Array.from({ length: 60 }, (_, index) => `room-${String(index).padStart(2, "0")}`);
  for (const room of rooms) {
    mina.ask("join", { room });
    mina.ask("send", { room, text: "x" });
    mina.ask("mark", { room, seq: 1 });
  }
  const first = inbox(mina);
  expect(first.more).toBe(true);
  const last = first.rooms.at(-1)?.room as string;
  const second = inbox(mina, last);
  expect([...first.rooms, ...second.rooms].map(({ room }) => room)).toEqual(rooms);
  jun.ask("join", { room: "room-00" });
  for (let line = 0; line <= unreadMax; line += 1)
    jun.tell("send", { room: "room-00", text: "@mina" });
  fixture.tick();
  expect(inbox(mina).rooms[0]).toMatchObject({ unread: unreadMax, mentions: unreadMax });
});

test("one session has only so many searches and inboxes on their way; the rest is asked again", async () => {
  const { log, createLog } = LateLog.create();
  const fixture = new ChatFixture({ log: createLog });
  const mina = fixture.guest("mina");
  const ids = Array.from({ length: questionsMax }, () => mina.tell("inbox", {}));
  const search = mina.tell("search", { query: "hi", limit: 1 });
  fixture.tick();
  expect(mina.answerTo(search)).toMatchObject({ code: "rate_limited", retryable: true });
  for (; log().pending > 0; fixture.tick()) log().answer(0, false);
  expect(ids.map((id) => mina.answerTo(id).type)).toEqual(ids.map(() => "conversations"));
  const again = mina.tell("search", { query: "hi", limit: 1 });
  for (fixture.tick(); log().pending > 0; fixture.tick()) log().answer(0, false);
  expect(mina.answerTo(again)).toMatchObject({ type: "page" });
});
