// The hub as a whole: its bounds, and what it keeps once all sessions have gone.

import { expect, test } from "bun:test";
import { ChatFixture } from "../test/chat-fixture.ts";

test("holds as many rooms as it may, conversations included, and another when one is empty", () => {
  const fixture = new ChatFixture({ roomsMax: 3 });
  const [ara, mina, jun] = [fixture.guest("ara"), fixture.guest("mina"), fixture.guest("jun")];
  ara.ask("join", { room: "a" });
  mina.ask("join", { room: "b" });
  fixture.guest("eve").ask("join", { room: "@eve+who" });
  expect(jun.ask("join", { room: "c" })).toMatchObject({ code: "server_full", retryable: true });
  expect(jun.ask("send", { room: "@jun+eve", text: "?" })).toMatchObject({ code: "server_full" });
  expect(jun.ask("join", { room: "A" })).toMatchObject({ type: "joined" });
  mina.ask("leave", { room: "b" });
  expect(mina.ask("join", { room: "c" })).toMatchObject({ type: "joined" });
});

test("a room that is empty is forgotten, and its log isn't", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  mina.ask("join", { room: "Lobby" });
  mina.ask("send", { room: "Lobby", text: "1" });
  mina.ask("leave", { room: "Lobby" });
  mina.events();
  expect(fixture.service.counts).toEqual({ connections: 1, sessions: 1, rooms: 0, groups: 0 });
  expect(mina.ask("join", { room: "lobby", after: 0 })).toMatchObject({ room: "lobby", head: 1 });
  expect(mina.heard()).toEqual(["1"]);
});

test("nothing is kept of sessions that are gone", () => {
  const fixture = new ChatFixture();
  const guests = Array.from({ length: 10 }, (_, index) => fixture.guest(`guest-${index}`));
  for (const [index, guest] of guests.entries()) {
    guest.ask("join", { room: "a" });
    guest.ask("join", { room: `own-${index}` });
    guest.ask("send", { room: `@guest-${index}+guest-${(index + 1) % 10}`, text: "psst" });
    guest.ask("nick", { nick: `renamed-${index}` });
  }
  expect(fixture.service.counts.sessions).toBe(10);
  for (const guest of guests) guest.leaveForGood();
  expect(fixture.service.counts).toEqual({ connections: 0, sessions: 0, rooms: 0, groups: 0 });
  expect(fixture.guest("renamed-3").ask("rooms", {})).toMatchObject({ rooms: [] });
});

test("a connection that never said hello leaves nothing behind", () => {
  const fixture = new ChatFixture();
  const visitor = fixture.visitor();
  visitor.hello({ versions: [9] });
  visitor.leaveForGood();
  expect(fixture.service.counts).toEqual({ connections: 0, sessions: 0, rooms: 0, groups: 0 });
});

test("a session that spells a room in a thousand ways is understood each time", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  mina.ask("join", { room: "abcdefghij" });
  for (let spelling = 0; spelling < 1_000; spelling += 1) {
    const letters = [..."abcdefghij"].map((letter, index) =>
      spelling & (1 << index) ? letter.toUpperCase() : letter,
    );
    const reply = mina.ask("send", { room: letters.join(""), text: "hi" });
    expect(reply).toMatchObject({ type: "sent", room: "abcdefghij", seq: spelling + 1 });
  }
  mina.ask("leave", { room: "ABCDEFGHIJ" });
  expect(mina.ask("send", { room: "abcdefghij", text: "hi" })).toMatchObject({
    code: "not_joined",
  });
});

test("the service stops with what was proposed committed and acknowledged", async () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  mina.ask("join", { room: "a" });
  const id = mina.tell("send", { room: "a", text: "last" });
  await fixture.service.stop();
  fixture.port.flush();
  expect(mina.answerTo(id)).toMatchObject({ type: "sent", seq: 1 });
});
