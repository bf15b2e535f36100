// What may be said to a person who has not answered: little at a time, and as much as to all others
// from the moment of an answer on.

import { describe, expect, test } from "bun:test";
import { ChatFixture, type ChatFixtureOptions, type Visitor } from "../../test/chat-fixture.ts";

const room = "@jun+mina";
const bounds = { unansweredBurst: 3, unansweredPerMinute: 6, unansweredBytes: 20_000 };

function pair(options: ChatFixtureOptions = {}) {
  const fixture = new ChatFixture({ ...bounds, ...options });
  return { fixture, mina: fixture.guest("mina"), jun: fixture.guest("jun") };
}

const say = (visitor: Visitor, text = "hello?", name = room) =>
  visitor.ask("send", { room: name, text });
const sent = { type: "sent" };
const refused = { type: "error", code: "unanswered", retryable: true };

test("so many lines pass, the next waits for a sixth of a minute, and an answer ends all of it", () => {
  const { fixture, mina, jun } = pair();
  for (let count = 0; count < 3; count += 1) expect(say(mina)).toMatchObject(sent);
  expect(say(mina)).toMatchObject({ ...refused, retryAfterMs: 10_000 });
  fixture.now += 9_999;
  expect(say(mina)).toMatchObject({ ...refused, retryAfterMs: 1 });
  fixture.now += 1;
  expect(say(mina)).toMatchObject(sent);
  expect(say(mina)).toMatchObject(refused);
  expect(say(jun, "yes")).toMatchObject(sent);
  for (let count = 0; count < 20; count += 1) expect(say(mina)).toMatchObject(sent);
});

test("bytes are counted as well as lines, one overdraft and what it owes included", () => {
  const { fixture, mina } = pair({ unansweredBurst: 100, unansweredPerMinute: 60 });
  const long = "x".repeat(8_000);
  // 24,000 bytes and more, at three a unit: over the bound with the first.
  expect(say(mina, long)).toMatchObject(sent);
  const refusal = say(mina, long);
  expect(refusal).toMatchObject(refused);
  const { retryAfterMs } = refusal as { retryAfterMs: number };
  // A byte comes back every 5 ms.
  fixture.now += retryAfterMs - 6;
  expect(say(mina)).toMatchObject(refused);
  fixture.now += 6;
  expect(say(mina)).toMatchObject(sent);
});

test("what was answered once, ever, needs no answer more: nor after both have been away", () => {
  const { fixture, mina, jun } = pair();
  say(mina);
  say(jun, "yes");
  for (const visitor of [mina, jun]) visitor.leaveForGood();
  const again = fixture.guest("mina");
  for (let count = 0; count < 10; count += 1) expect(say(again)).toMatchObject(sent);
});

test("the budget is of a sender and a conversation: leaving, coming back and others change nothing", () => {
  const { fixture, mina } = pair();
  for (let count = 0; count < 3; count += 1) say(mina);
  mina.leaveForGood();
  const again = fixture.guest("mina");
  expect(say(again)).toMatchObject(refused);
  expect(say(again, "hi", "@mina+eve")).toMatchObject(sent);
  expect(say(fixture.guest("zoe"), "hi", "@jun+zoe")).toMatchObject(sent);
});

describe("from one address", () => {
  const bounds = { unansweredPerIp: 3, unansweredPerMinute: 6, unansweredBytes: 1_000_000 };
  const hour = 3_600_000;

  /** Throw-away nicks of one address write to jun until one of them is refused. */
  const flood = (fixture: ChatFixture, address: string, name: string, text = "hi") => {
    for (let count = 0; count < 100; count += 1) {
      const nick = `${name}${count}`;
      const stranger = fixture.guest(nick, undefined, address);
      const reply = say(stranger, text, `@jun+${nick}`);
      stranger.leaveForGood();
      if (reply.type !== "sent") return { count, reply };
    }
    throw new Error("no line was refused");
  };

  test("all together say so many times as much as one, whatever nicks and connections they take", () => {
    const { fixture, mina } = pair(bounds);
    const { count, reply } = flood(fixture, "10.0.0.9", "a");
    expect(count).toBe(9);
    expect(reply).toMatchObject({ ...refused, retryAfterMs: 3_334 });
    fixture.now += 3_333;
    expect(flood(fixture, "10.0.0.9", "b").count).toBe(0);
    fixture.now += 1;
    expect(flood(fixture, "10.0.0.9", "c").count).toBe(1);
    expect(say(mina)).toMatchObject(sent);
    fixture.now += hour;
    expect(flood(fixture, "10.0.0.9", "d").count).toBe(9);
  });

  test("their bytes count as well", () => {
    const { fixture } = pair({ ...bounds, unansweredBytes: 20_000 });
    // 24,000 bytes and more each: the third overdraws 60,000.
    expect(flood(fixture, "10.0.0.9", "a", "x".repeat(8_000)).count).toBe(3);
  });

  test("who floods one person keeps no other at the address from writing to another, or to who has answered", () => {
    const { fixture, mina, jun } = pair(bounds);
    say(mina);
    say(jun, "yes");
    const eve = fixture.guest("eve", undefined, "127.0.0.1");
    flood(fixture, "127.0.0.1", "a");
    expect(say(mina)).toMatchObject(sent);
    expect(say(eve, "hi", "@eve+zoe")).toMatchObject(sent);
    expect(say(eve, "hi", "@eve+jun")).toMatchObject(refused);
  });
});

test("every entry counts that the other is told of, and taking one's words back does not", () => {
  const { mina } = pair();
  say(mina);
  expect(mina.ask("edit", { room, target: 1, text: "hm" })).toMatchObject(sent);
  expect(mina.ask("react", { room, target: 1, emoji: "👍" })).toMatchObject(sent);
  expect(mina.ask("topic", { room, topic: "us" })).toMatchObject(refused);
  expect(mina.ask("redact", { room, target: 1 })).toMatchObject(sent);
});

test("a notebook, and a room of many, need no answer; nor does anything where the rate is 0", () => {
  const { fixture, mina } = pair();
  mina.ask("join", { room: "lobby" });
  for (let count = 0; count < 10; count += 1) {
    expect(say(mina, "note", "@mina+mina")).toMatchObject(sent);
    expect(say(mina, "hi", "lobby")).toMatchObject(sent);
  }
  expect(fixture.service.counts.sessions).toBe(2);
  const free = pair({ unansweredPerMinute: 0 });
  for (let count = 0; count < 10; count += 1) expect(say(free.mina)).toMatchObject(sent);
});
