// Typing notices: whom they reach, what they leave behind (nothing), and how many there are at most.

import { expect, test } from "bun:test";
import { typingIntervalMs } from "@maru/protocol/chat";
import {
  ChatFixture,
  type ChatFixtureOptions,
  type Message,
  type Visitor,
} from "../../test/chat-fixture.ts";

const notices = (visitor: Visitor) => visitor.events().filter(({ type }) => type === "typing");

/** Two people in the room "a", who have been told everything so far. */
function pair(options: ChatFixtureOptions = {}) {
  const fixture = new ChatFixture(options);
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  for (const visitor of [mina, jun]) visitor.ask("join", { room: "a" });
  for (const visitor of [mina, jun]) visitor.events();
  return { fixture, mina, jun };
}

test("a notice and its end reach the room, under its name as it is written", () => {
  const { mina, jun } = pair();
  expect(mina.ask("typing", { room: "A" })).toEqual({ type: "noted", re: 3 });
  expect(jun.events()).toEqual([{ type: "typing", room: "a", from: "mina" }]);
  expect(mina.ask("typing", { room: "a", stopped: true })).toEqual({ type: "noted", re: 4 });
  expect(jun.events()).toEqual([{ type: "typing", room: "a", from: "mina", stopped: true }]);
});

test("it reaches members alone, and members alone may give it", () => {
  const { fixture, mina, jun } = pair();
  const eve = fixture.guest("eve");
  mina.ask("typing", { room: "a" });
  expect(eve.events()).toEqual([]);
  expect(eve.ask("typing", { room: "a" })).toMatchObject({ code: "not_joined", field: "room" });
  expect(eve.ask("typing", { room: "nowhere" })).toMatchObject({ code: "not_joined" });
  expect(eve.ask("typing", { room: "@mina+jun" })).toMatchObject({ code: "forbidden" });
  expect(eve.ask("typing", { room: "no room" })).toMatchObject({ code: "invalid_message" });
  expect(notices(jun)).toHaveLength(1);
  expect(fixture.service.counts.rooms).toBe(1);
});

test("it is no entry: seqs, history and what a join replays know nothing of it", () => {
  const { mina, jun } = pair();
  mina.ask("send", { room: "a", text: "1" });
  mina.ask("typing", { room: "a" });
  expect(mina.ask("send", { room: "a", text: "2" })).toMatchObject({ seq: 2 });
  const page = jun.ask("history", { room: "a", limit: 9 }) as Message<"page">;
  expect(page.entries.map(({ seq, type }) => [seq, type])).toEqual([
    [1, "message"],
    [2, "message"],
  ]);
  jun.events();
  expect(jun.ask("join", { room: "a", after: 0 })).toMatchObject({ recovered: true, head: 2 });
  expect(jun.events().map(({ type }) => type)).toEqual(["message", "message"]);
});

test("a flood of them is one an interval; the rest is noted and not told", () => {
  const { fixture, mina, jun } = pair();
  for (let round = 0; round < 3; round += 1) {
    for (let count = 0; count < 100; count += 1) mina.tell("typing", { room: "a" });
    fixture.tick();
    fixture.now += typingIntervalMs;
  }
  expect(notices(jun)).toHaveLength(3);
  expect(mina.line.answers).toBe(2 + 300);
});

test("an end without a beginning is not told", () => {
  const { mina, jun } = pair();
  expect(mina.ask("typing", { room: "a", stopped: true })).toMatchObject({ type: "noted" });
  expect(jun.events()).toEqual([]);
});

test("a member who leaves and comes back is given no notice more", () => {
  const { mina, jun } = pair();
  for (let count = 0; count < 5; count += 1) {
    mina.ask("typing", { room: "a" });
    mina.ask("leave", { room: "a" });
    mina.ask("join", { room: "a" });
  }
  expect(notices(jun)).toHaveLength(1);
});

test("a room that is told no names is told of no writer, at both sides of the bound", () => {
  const { fixture, mina, jun } = pair({ presenceNames: 2 });
  mina.ask("typing", { room: "a" });
  expect(notices(jun)).toHaveLength(1);
  fixture.guest("third").ask("join", { room: "a" });
  fixture.now += typingIntervalMs;
  expect(mina.ask("typing", { room: "a" })).toMatchObject({ type: "noted" });
  expect(notices(jun)).toEqual([]);
});

test("in a conversation it reaches the other who is in, and brings none in", () => {
  const fixture = new ChatFixture({ presenceNames: 0 });
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  const room = "@mina+jun";
  expect(mina.ask("typing", { room })).toMatchObject({ code: "not_joined" });
  mina.ask("join", { room });
  expect(mina.ask("typing", { room })).toMatchObject({ type: "noted" });
  expect([jun.events(), jun.ask("leave", { room })]).toMatchObject([[], { code: "not_joined" }]);
  mina.ask("send", { room, text: "psst" });
  jun.events();
  mina.ask("typing", { room });
  expect(jun.events()).toEqual([{ type: "typing", room: "@jun+mina", from: "mina" }]);
});

test("it waits behind a join of the same turn, like any command about the room", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  mina.tell("join", { room: "b" });
  jun.tell("join", { room: "b" });
  const id = mina.tell("typing", { room: "b" });
  fixture.tick();
  expect(mina.answerTo(id)).toMatchObject({ type: "noted" });
  expect(notices(jun)).toHaveLength(1);
});
