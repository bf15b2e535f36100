// Conversations: who is brought in and when, how they end, and what they may cost.

import { expect, test } from "bun:test";
import { ChatFixture, type ChatFixtureOptions, type Visitor } from "./chat-fixture.ts";
import { LateLog } from "./late-log.ts";

const room = "@mina+jun";
const line = (text: string) => ({ room, text });

function pair(options: ChatFixtureOptions = {}) {
  const fixture = new ChatFixture(options);
  return { fixture, mina: fixture.guest("mina"), jun: fixture.guest("jun") };
}

function latePair() {
  const { log, createLog } = LateLog.create();
  const people = pair({ log: createLog });
  const { fixture } = people;
  const settle = (refuses = false) => {
    for (fixture.tick(); log().pending > 0; fixture.tick()) log().answer(0, refuses);
  };
  return { ...people, log, settle };
}

/** Whether the visitor is in; if so it is not any more. */
const wasIn = (visitor: Visitor) => visitor.ask("leave", { room }).type === "left";

test("no session is brought in for coming, for taking the nick or because the other joins", () => {
  const { fixture, mina } = pair();
  const other = fixture.guest("other");
  mina.ask("join", { room: "@mina+eve" });
  mina.ask("join", { room: "@mina+zoe" });
  const eve = fixture.guest("eve");
  other.ask("nick", { nick: "zoe" });
  expect(eve.ask("leave", { room: "@mina+eve" })).toMatchObject({ code: "not_joined" });
  expect(other.ask("leave", { room: "@mina+zoe" })).toMatchObject({ code: "not_joined" });
});

test("what is said brings both in once it is stored, and no sooner", () => {
  const { fixture, mina, jun } = pair();
  mina.tell("send", line("hi"));
  const early = [mina.tell("leave", { room }), jun.tell("leave", { room })];
  fixture.tick();
  expect(mina.answerTo(early[0] as number)).toMatchObject({ code: "not_joined" });
  expect(jun.answerTo(early[1] as number)).toMatchObject({ code: "not_joined" });
  expect([mina.heard(), jun.heard()]).toEqual([["hi"], ["hi"]]);
  expect(mina.ask("who", { room })).toMatchObject({ members: ["jun", "mina"] });
});

test("a topic brings both in as a line does", () => {
  const { mina, jun } = pair();
  expect(mina.ask("topic", { room, topic: "us" })).toMatchObject({ type: "sent", seq: 1 });
  expect(jun.events()).toMatchObject([{ type: "topic", topic: "us", from: "mina" }]);
  expect(jun.ask("join", { room })).toMatchObject({ topic: "us", memberCount: 2 });
});

test("a session that is here when a line is stored hears it, newcomers too; not those who left before", () => {
  const { fixture, mina, jun } = pair();
  mina.ask("send", line("1"));
  mina.tell("send", line("2"));
  jun.tell("leave", { room });
  mina.tell("leave", { room });
  fixture.tick();
  expect([mina.heard(), jun.heard()]).toEqual([["1"], ["1"]]);
  mina.tell("send", { room: "@mina+eve", text: "3" });
  const eve = fixture.visitor();
  eve.tell("hello", { versions: [1], client: "test", nick: "eve" });
  fixture.tick();
  expect(eve.heard()).toEqual(["3"]);
});

test("a line that is stored already brings no session in", () => {
  const { fixture, mina, jun } = pair();
  mina.ask("send", { ...line("once"), cid: "c" });
  mina.ask("leave", { room });
  expect(mina.ask("send", { ...line("once"), cid: "c" })).toMatchObject({ duplicate: true });
  expect([wasIn(mina), wasIn(jun)]).toEqual([false, false]);
  expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
});

test("one's own conversation is read and written without being in it, and left only from within", () => {
  const { fixture, mina, jun } = pair();
  expect(jun.ask("leave", { room })).toMatchObject({ code: "not_joined" });
  expect(jun.ask("history", { room, limit: 5 })).toMatchObject({ entries: [], more: false });
  mina.ask("send", line("1"));
  mina.ask("leave", { room });
  const page = jun.ask("history", { room: "@Jun+MINA", limit: 5 });
  expect(page).toMatchObject({ entries: [{ text: "1" }] });
  expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
  expect(jun.ask("topic", { room, topic: "x" })).toMatchObject({ seq: 2 });
  expect(mina.ask("send", line("3"))).toMatchObject({ seq: 3 });
});

test("the conversation of two others is forbidden, whether it is going on or not", () => {
  const { fixture, mina } = pair();
  const eve = fixture.guest("eve");
  const ask = () => [
    eve.ask("send", line("?")),
    eve.ask("topic", { room, topic: "?" }),
    eve.ask("history", { room, limit: 1 }),
    eve.ask("join", { room }),
    eve.ask("who", { room }),
    eve.ask("leave", { room }),
  ];
  for (const reply of ask()) expect(reply).toMatchObject({ code: "forbidden", field: "room" });
  mina.ask("send", line("private"));
  for (const reply of ask()) expect(reply).toMatchObject({ code: "forbidden", field: "room" });
  expect(eve.heard()).toEqual([]);
});

const renamed = [{ from: "mina", to: "other" }];
/** With what the other is told of it. */
const ways: [string, (mina: Visitor, fixture: ChatFixture) => void, object | null][] = [
  ["leaves", (mina) => mina.tell("leave", { room }), null],
  ["goes", (mina) => mina.hangUp(), { left: ["mina"] }],
  ["takes another nick", (mina) => mina.tell("nick", { nick: "other" }), { renamed }],
  ["is replaced", (mina, fixture) => fixture.guest("other", mina.token), { renamed }],
];

for (const [way, leave, told] of ways) {
  test(`a conversation ends when one of the two ${way}, and goes on with the next line`, () => {
    const { fixture, mina, jun } = pair();
    mina.ask("send", line("1"));
    jun.events();
    leave(mina, fixture);
    fixture.tick();
    expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
    const presence = { type: "presence" as const, room: "@jun+mina", memberCount: 1, ...told };
    expect(jun.events()).toEqual(told === null ? [] : [presence]);
    expect(jun.ask("leave", { room })).toMatchObject({ code: "not_joined" });
    if (told === null || !("renamed" in told)) {
      jun.ask("send", line("2"));
      expect(jun.heard()).toEqual(["2"]);
      return;
    }
    expect(jun.ask("send", line("2"))).toMatchObject({ code: "nick_given_up", field: "room" });
    jun.ask("send", { room: "@jun+other", text: "2" });
    expect([...mina.heard(), ...jun.heard()]).toContain("2");
  });

  test(`a line is heard though its sender ${way} before it is stored, and leaves no session behind`, () => {
    const { fixture, mina, jun } = pair();
    mina.tell("send", line("1"));
    if (way === "leaves") mina.tell("send", { room: "@jun+mina", text: "2" });
    leave(mina, fixture);
    fixture.tick();
    expect(jun.heard()[0]).toBe("1");
    mina.hangUp();
    fixture.tick();
    expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
  });
}

test("a session that leaves and is back within the tick has ended nothing", () => {
  const { fixture, mina, jun } = pair();
  mina.ask("send", line("1"));
  mina.tell("leave", { room });
  mina.tell("join", { room });
  fixture.tick();
  expect([wasIn(mina), wasIn(jun)]).toEqual([true, false]);
});

test("a person who waits alone for the other is left in peace", () => {
  const { fixture, mina } = pair();
  mina.ask("join", { room: "@mina+eve" });
  mina.ask("send", { room: "@mina+eve", text: "1" });
  fixture.tick();
  expect(mina.ask("who", { room: "@mina+eve" })).toMatchObject({ members: ["mina"] });
});

test("a stranger of many nicks keeps no more rooms than one of a single nick", () => {
  const fixture = new ChatFixture({ roomsMax: 5 });
  const [jun, eve] = [fixture.guest("jun"), fixture.guest("eve")];
  for (let turn = 0; turn < 20; turn += 1) {
    const nick = `eve-${turn}`;
    eve.ask("nick", { nick });
    expect(eve.ask("send", { room: `@${nick}+jun`, text: "psst" })).toMatchObject({ type: "sent" });
    const away = eve.ask("send", { room: `@${nick}+nobody`, text: "psst" });
    expect(away).toMatchObject({ type: "sent" });
  }
  expect(jun.heard()).toHaveLength(20);
  expect(fixture.service.counts.rooms).toBe(2);
});

test("nor one who has taken the next nick before the line is stored", () => {
  const fixture = new ChatFixture({ roomsMax: 5 });
  const [jun, eve] = [fixture.guest("jun"), fixture.guest("eve-0")];
  for (let turn = 1; turn < 20; turn += 1) {
    const id = eve.tell("send", { room: `@eve-${turn - 1}+jun`, text: "psst" });
    eve.tell("nick", { nick: `eve-${turn}` });
    fixture.tick();
    expect(eve.answerTo(id)).toMatchObject({ type: "sent" });
  }
  expect(jun.heard()).toHaveLength(19);
  expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
});

test("rooms are counted; of conversations the quietest is left, and none is refused", () => {
  const fixture = new ChatFixture({ roomsPerSession: 2 });
  const mina = fixture.guest("mina");
  for (const text of ["1", "2"]) mina.ask("send", { room: `@mina+x${text}`, text });
  for (const room of ["a", "b"]) {
    expect(mina.ask("join", { room })).toMatchObject({ type: "joined" });
  }
  expect(mina.ask("join", { room: "c" })).toMatchObject({ code: "too_many_rooms" });
  expect(mina.ask("send", { room: "@mina+x1", text: "again" })).toMatchObject({ seq: 2 });
  mina.events();
  expect(mina.ask("join", { room: "@mina+x3" })).toMatchObject({ type: "joined" });
  expect(mina.ask("topic", { room: "@mina+x4", topic: "4" })).toMatchObject({ type: "sent" });
  expect(mina.events()).toMatchObject([{ type: "topic" }]);
  const isIn = (n: number) => mina.ask("leave", { room: `@mina+x${n}` }).type === "left";
  expect([1, 2, 3, 4].map(isIn)).toEqual([false, false, true, true]);
  expect(fixture.service.counts.rooms).toBe(2);
});

test("being brought in is never refused, and takes no person out of a conversation of theirs", () => {
  const fixture = new ChatFixture({ roomsPerSession: 1 });
  const mina = fixture.guest("mina");
  mina.ask("send", { room: "@mina+own", text: "own" });
  for (const nick of ["x", "y", "z"]) {
    fixture.guest(nick).ask("send", { room: `@mina+${nick}`, text: nick });
  }
  expect(mina.heard()).toEqual(["own", "x", "y", "z"]);
  expect(mina.ask("leave", { room: "@mina+own" })).toMatchObject({ type: "left" });
  expect(mina.ask("leave", { room: "@mina+y" })).toMatchObject({ code: "not_joined" });
  expect(mina.ask("join", { room: "@mina+z" })).toMatchObject({ memberCount: 2 });
  expect(mina.ask("join", { room: "a" })).toMatchObject({ type: "joined" });
});

test("a conversation doesn't end while a line of it is on its way", () => {
  const { fixture, mina, jun, log, settle } = latePair();
  mina.tell("send", line("1"));
  settle();
  mina.tell("send", line("2"));
  mina.leaveForGood();
  fixture.tick();
  expect(fixture.service.counts.rooms).toBe(1);
  log().answer(0, false);
  fixture.port.flush();
  expect(jun.heard()).toEqual(["1", "2"]);
  fixture.tick();
  expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
});

test("a conversation whose line is refused ends all the same, and an empty one", () => {
  const { fixture, mina, jun, settle } = latePair();
  mina.tell("send", line("1"));
  settle();
  const failed = jun.tell("send", line("2"));
  mina.leaveForGood();
  settle(true);
  expect(jun.answerTo(failed)).toMatchObject({ code: "storage_unavailable" });
  expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
  jun.tell("history", { room, limit: 1 });
  settle();
  jun.tell("send", line("3"));
  fixture.tick();
  settle(true);
  expect(jun.heard()).toEqual(["1"]);
  expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
});

test("a session that is being caught up stays though the other goes, and misses nothing", () => {
  const { fixture, mina, jun, log, settle } = latePair();
  mina.tell("send", line("1"));
  settle();
  jun.leaveForGood();
  const again = fixture.guest("jun");
  mina.tell("join", { room });
  settle();
  const join = again.tell("join", { room, after: 0 });
  mina.leaveForGood();
  settle();
  expect(again.answerTo(join)).toMatchObject({ type: "joined", recovered: true, head: 1 });
  expect(again.heard()).toEqual(["1"]);
  expect(log().pending).toBe(0);
  fixture.tick();
  expect(fixture.service.counts).toMatchObject({ rooms: 0, groups: 0 });
});
