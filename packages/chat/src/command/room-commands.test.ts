// The small commands about one room, and ping: leave, topic, who, rooms.

import { expect, test } from "bun:test";
import { ChatFixture, type Message } from "../../test/chat-fixture.ts";

test("leave: what was published before it still arrives, nothing after it does", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  mina.ask("join", { room: "a" });
  jun.ask("join", { room: "A" });
  jun.ask("send", { room: "a", text: "before" });
  expect(mina.ask("leave", { room: "A" })).toEqual({ type: "left", re: 3, room: "a" });
  jun.ask("send", { room: "a", text: "after" });
  expect(mina.heard()).toEqual(["before"]);
  expect(mina.ask("leave", { room: "a" })).toMatchObject({ code: "not_joined" });
  expect(mina.ask("send", { room: "a", text: "no" })).toMatchObject({ code: "not_joined" });
});

test("leave: an own line of the same tick is still acknowledged, and heard by those who stay", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  mina.ask("join", { room: "a" });
  jun.ask("join", { room: "a" });
  const id = mina.tell("send", { room: "a", text: "bye" });
  mina.tell("leave", { room: "a" });
  fixture.tick();
  expect(mina.answerTo(id)).toMatchObject({ type: "sent", seq: 1 });
  expect(jun.heard()).toEqual(["bye"]);
});

test("topic: is an entry in its place, and what later visitors are told", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  mina.ask("join", { room: "a" });
  jun.ask("join", { room: "a" });
  jun.ask("send", { room: "a", text: "1" });
  jun.events();
  expect(mina.ask("topic", { room: "a", topic: "마루" })).toMatchObject({ type: "sent", seq: 2 });
  expect(jun.events()).toEqual([
    { type: "topic", room: "a", seq: 2, at: fixture.now, from: "mina", topic: "마루" },
  ]);
  mina.leaveForGood();
  jun.leaveForGood();
  expect(fixture.guest("late").ask("join", { room: "a" })).toMatchObject({
    topic: "마루",
    head: 2,
  });
});

test("topic: may be cleared, must be a member's, and fits 512 bytes of UTF-8", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  mina.ask("join", { room: "a" });
  const longest = `${"가".repeat(170)}xx`;
  expect(mina.ask("topic", { room: "a", topic: longest })).toMatchObject({ type: "sent" });
  expect(mina.ask("topic", { room: "a", topic: `${longest}x` })).toMatchObject({
    code: "invalid_message",
    field: "topic",
  });
  expect(mina.ask("topic", { room: "a", topic: "" })).toMatchObject({ type: "sent" });
  expect(mina.ask("join", { room: "a" })).toMatchObject({ topic: "" });
  expect(fixture.guest("jun").ask("topic", { room: "a", topic: "x" })).toMatchObject({
    code: "not_joined",
  });
});

test("who: pages through all members in order, without repeats, to the end", () => {
  const fixture = new ChatFixture();
  const nicks = Array.from({ length: 250 }, (_, index) => `${index}x`.padStart(4, "z"));
  for (const nick of nicks) fixture.guest(nick).ask("join", { room: "big" });
  const reader = fixture.guest("reader");
  const seen: string[] = [];
  const pages: number[] = [];
  for (let after: string | undefined; ; after = seen.at(-1)) {
    const page = reader.ask("who", { room: "BIG", ...(after && { after }) }) as Message<"members">;
    seen.push(...page.members);
    pages.push(page.members.length);
    if (!page.more) break;
  }
  expect(pages).toEqual([100, 100, 50]);
  expect(seen).toEqual([...nicks].sort());
});

test("who: is answered for rooms that one isn't in, and for empty ones", () => {
  const fixture = new ChatFixture();
  fixture.guest("mina").ask("join", { room: "a" });
  const jun = fixture.guest("jun");
  expect(jun.ask("who", { room: "A" })).toMatchObject({ room: "a", members: ["mina"] });
  expect(jun.ask("who", { room: "Nowhere" })).toMatchObject({ room: "Nowhere", members: [] });
  expect(jun.ask("who", { room: "@mina+eve" })).toMatchObject({ code: "forbidden" });
  expect(fixture.service.counts.rooms).toBe(1);
});

test("who, rooms and joined stay within a frame, whatever the names and topics", () => {
  const fixture = new ChatFixture({ presenceNames: 500 });
  // Letters of eight code points and 24 bytes each: nearly the longest that a nick can be.
  const letter = "क्क्क्का";
  const digits = "कखगघचछजझटठ";
  const nicks = Array.from({ length: 110 }, (_, index) => {
    const number = [...`${index}`].map((digit) => digits[Number(digit)]).join("");
    return `${number.padStart(4, "त")}${letter.repeat(28)}`;
  });
  for (const nick of nicks) {
    const visitor = fixture.guest(nick);
    visitor.ask("join", { room: "big" });
    visitor.ask("join", { room: nick });
    visitor.ask("topic", { room: nick, topic: '"'.repeat(512) });
  }
  const reader = fixture.guest("reader");
  const page = reader.ask("who", { room: "big" }) as Message<"members">;
  expect(page.more).toBe(true);
  expect(page.members.length).toBeGreaterThan(60);
  const joined = reader.ask("join", { room: "big" }) as Message<"joined">;
  expect(joined.memberCount).toBe(111);
  expect(joined.members.length).toBeGreaterThan(60);
  const directory = reader.ask("rooms", {}) as Message<"directory">;
  expect(directory.more).toBe(true);
  expect(directory.rooms.length).toBeGreaterThan(20);
});

test("rooms: pages through the rooms with people in them, and never names a conversation", () => {
  const fixture = new ChatFixture({ roomsMax: 10_000, roomsPerSession: 200 });
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  const names = Array.from({ length: 120 }, (_, index) => `room-${index}`);
  for (const room of names) mina.ask("join", { room });
  mina.ask("send", { room: "@mina+jun", text: "psst" });
  mina.ask("topic", { room: "room-7", topic: "seven" });
  jun.ask("join", { room: "gone" });
  jun.ask("leave", { room: "gone" });
  const seen: Message<"directory">["rooms"] = [];
  const pages: number[] = [];
  for (let after: string | undefined; ; after = seen.at(-1)?.room) {
    const page = jun.ask("rooms", after === undefined ? {} : { after }) as Message<"directory">;
    seen.push(...page.rooms);
    pages.push(page.rooms.length);
    if (!page.more) break;
  }
  expect(pages).toEqual([50, 50, 20]);
  expect(seen.map(({ room }) => room)).toEqual([...names].sort());
  expect(seen).toContainEqual({ room: "room-7", topic: "seven", memberCount: 1 });
});

test("rooms: a room that has just been left is not named, though its last line is on its way", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  mina.ask("join", { room: "a" });
  mina.tell("send", { room: "a", text: "bye" });
  mina.tell("leave", { room: "a" });
  expect(jun.ask("rooms", {})).toMatchObject({ rooms: [], more: false });
});

test("ping: pong", () => {
  expect(new ChatFixture().guest("mina").ask("ping", {})).toEqual({ type: "pong", re: 2 });
});
