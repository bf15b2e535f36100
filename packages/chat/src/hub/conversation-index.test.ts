import { expect, test } from "bun:test";
import { ChatFixture, type Visitor } from "../../test/chat-fixture.ts";

const room = "@jun+mina";

/** Two in a conversation that has begun; what they were told of it is read. */
function talking() {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  jun.ask("send", { room, text: "1" });
  for (const each of [mina, jun]) each.events();
  return { fixture, mina, jun };
}

const presence = (memberCount: number, change: object) => [
  { type: "presence", room, memberCount, ...change },
];

test("both are told of a rename: the one by the reply, the other by an event", () => {
  const { fixture, mina, jun } = talking();
  expect(mina.ask("nick", { nick: "mona" })).toMatchObject({ type: "renamed", nick: "mona" });
  const renamed = [{ from: "mina", to: "mona" }];
  expect(jun.events()).toEqual(presence(1, { renamed }) as never);
  fixture.tick();
  expect(mina.events()).toEqual([]);
});

test.each<[string, (visitor: Visitor) => void]>([
  ["is opened by hand", (jun) => jun.ask("join", { room })],
  ["has begun", (jun) => jun.ask("send", { room, text: "hello?" })],
])("a conversation that %s tells of a rename, to a person brought in, too", (_, begin) => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  begin(jun);
  jun.events();
  mina.ask("nick", { nick: "mona" });
  expect(jun.events()).toMatchObject([{ renamed: [{ from: "mina", to: "mona" }] }]);
});

test("who goes and who comes is told to those in a conversation with them", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  jun.ask("join", { room });
  mina.leaveForGood();
  expect(jun.events()).toEqual(presence(1, { left: ["mina"] }) as never);
  const again = fixture.guest("mina");
  expect(jun.events()).toEqual(presence(2, { joined: ["mina"] }) as never);
  const other = fixture.guest("eve");
  again.ask("nick", { nick: "mona" });
  jun.events();
  other.ask("nick", { nick: "mina" });
  expect(jun.events()).toEqual(presence(2, { joined: ["mina"] }) as never);
});

test("who resumes has neither gone nor come, and another spelling is no other nick", () => {
  const { fixture, mina, jun } = talking();
  mina.ask("nick", { nick: "MINA" });
  fixture.guest("mina", mina.token);
  expect(jun.events()).toEqual([]);
});

test("no other session hears of it, and of an empty conversation none does", () => {
  const { fixture, mina, jun } = talking();
  const eve = fixture.guest("eve");
  eve.ask("join", { room: "@eve+jun" });
  eve.events();
  mina.ask("nick", { nick: "mona" });
  expect(eve.events()).toEqual([]);
  jun.events();
  // It has ended with that: jun has not heard of another of the nick.
  fixture.guest("mina").leaveForGood();
  expect(jun.events()).toEqual([]);
});

test("an acknowledgement says when the other is not here", () => {
  const { fixture, mina, jun } = talking();
  expect(jun.ask("send", { room, text: "2" })).not.toHaveProperty("absent");
  mina.leaveForGood();
  expect(jun.ask("send", { room, text: "3" })).toMatchObject({ type: "sent", absent: true });
  expect(jun.ask("topic", { room, topic: "t" })).toMatchObject({ type: "sent", absent: true });
  const again = fixture.guest("mina");
  expect(jun.ask("send", { room, text: "4" })).not.toHaveProperty("absent");
  again.leaveForGood();
  const repeated = { room, text: "5", cid: "c" };
  expect(jun.ask("send", repeated)).toMatchObject({ duplicate: false, absent: true });
  expect(jun.ask("send", repeated)).toMatchObject({ duplicate: true, absent: true });
});

test("in a room none is absent, and with oneself one is here", () => {
  const fixture = new ChatFixture();
  const jun = fixture.guest("jun");
  jun.ask("join", { room: "a" });
  for (const room of ["a", "@jun+jun"]) {
    expect(jun.ask("send", { room, text: "1" })).not.toHaveProperty("absent");
  }
});

test("who asks, or joins, is told who of the two is here, not who was brought in", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  const both = { memberCount: 2, members: ["jun", "mina"] };
  expect(jun.ask("who", { room })).toMatchObject({ members: both.members, more: false });
  expect(jun.ask("who", { room, after: "jun" })).toMatchObject({ members: ["mina"] });
  expect(jun.ask("join", { room })).toMatchObject(both);
  mina.leaveForGood();
  expect(jun.ask("who", { room })).toMatchObject({ members: ["jun"] });
  expect(jun.ask("join", { room })).toMatchObject({ memberCount: 1, members: ["jun"] });
  expect(fixture.guest("eve").ask("who", { room })).toMatchObject({ code: "forbidden" });
});
