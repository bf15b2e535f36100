// What happens between a question to the log and its answer, where the answer comes late.

import { expect, test } from "bun:test";
import { ChatFixture, type Visitor } from "./chat-fixture.ts";
import { LateLog } from "./late-log.ts";

function lateChat() {
  const { log, createLog } = LateLog.create();
  const fixture = new ChatFixture({ log: createLog });
  /** The log answers everything that it has been asked. */
  const settle = () => {
    for (fixture.tick(); log().pending > 0; fixture.tick()) log().answer(0, false);
  };
  const refuse = () => {
    for (fixture.tick(); log().pending > 0; fixture.tick()) log().answer(0, true);
  };
  const joined = (nick: string, room: string): Visitor => {
    const visitor = fixture.guest(nick);
    visitor.tell("join", { room });
    settle();
    visitor.events();
    return visitor;
  };
  return { fixture, log, settle, refuse, joined };
}

test("what is asked of a room behind a join waits with it, and is answered in order", () => {
  const { fixture, settle } = lateChat();
  const mina = fixture.guest("mina");
  const ids = [
    mina.tell("join", { room: "a" }),
    mina.tell("send", { room: "A", text: "hi" }),
    mina.tell("history", { room: "a", limit: 5 }),
    mina.tell("leave", { room: "a" }),
  ];
  settle();
  expect(ids.map((id) => mina.answerTo(id).type)).toEqual(["joined", "sent", "page", "left"]);
  expect(fixture.service.counts.rooms).toBe(0);
});

test("many who want one room ask the log once", () => {
  const { fixture, log, settle } = lateChat();
  const guests = Array.from({ length: 20 }, (_, index) => fixture.guest(`guest-${index}`));
  const ids = guests.map((guest) => guest.tell("join", { room: "a" }));
  fixture.tick();
  expect(log().pending).toBe(1);
  settle();
  for (const [index, guest] of guests.entries()) {
    expect(guest.answerTo(ids[index] as number)).toMatchObject({ memberCount: index + 1 });
  }
});

test("a room whose visitors have gone before it was loaded is not kept", () => {
  const { fixture, settle } = lateChat();
  const mina = fixture.guest("mina");
  mina.tell("join", { room: "a" });
  mina.tell("send", { room: "@mina+jun", text: "hi" });
  mina.leaveForGood();
  settle();
  expect(fixture.service.counts).toEqual({ connections: 0, sessions: 0, rooms: 0, groups: 0 });
});

test("a log that refuses to load a room fails all who wait, with its code and its time", () => {
  const { fixture, refuse, settle } = lateChat();
  const mina = fixture.guest("mina");
  const ids = [
    mina.tell("join", { room: "a" }),
    mina.tell("send", { room: "a", text: "hi" }),
    mina.tell("send", { room: "@mina+jun", text: "hi" }),
  ];
  refuse();
  for (const id of ids) {
    expect(mina.answerTo(id)).toMatchObject({
      type: "error",
      code: "storage_unavailable",
      retryable: true,
      retryAfterMs: 500,
    });
  }
  const again = mina.tell("join", { room: "a" });
  settle();
  expect(mina.answerTo(again)).toMatchObject({ type: "joined" });
});

test("a line that is refused is not said; the same cid may be stored afterwards", () => {
  const { settle, refuse, joined } = lateChat();
  const mina = joined("mina", "a");
  const failed = mina.tell("send", { room: "a", text: "hi", cid: "c" });
  refuse();
  expect(mina.answerTo(failed)).toMatchObject({ code: "storage_unavailable", retryAfterMs: 500 });
  expect(mina.heard()).toEqual([]);
  const again = mina.tell("send", { room: "a", text: "hi", cid: "c" });
  settle();
  expect(mina.answerTo(again)).toMatchObject({ seq: 1, duplicate: false });
  expect(mina.heard()).toEqual(["hi"]);
});

test("history that is refused says so, with the time to wait", () => {
  const { refuse, joined } = lateChat();
  const mina = joined("mina", "a");
  const id = mina.tell("history", { room: "a", limit: 5 });
  refuse();
  expect(mina.answerTo(id)).toMatchObject({ code: "storage_unavailable", retryAfterMs: 500 });
});

test("a catch-up that is refused is a join without recovery", () => {
  const { fixture, settle, refuse, joined } = lateChat();
  const mina = joined("mina", "a");
  mina.tell("send", { room: "a", text: "1" });
  settle();
  const jun = fixture.guest("jun");
  const id = jun.tell("join", { room: "a", after: 0 });
  refuse();
  expect(jun.answerTo(id)).toMatchObject({ type: "joined", recovered: false, head: 1 });
});

test("a room that its last member drops while a line is on its way is kept until the line is there", () => {
  const { fixture, settle, joined } = lateChat();
  const mina = joined("mina", "a");
  const sent = mina.tell("send", { room: "a", text: "on its way" });
  mina.tell("leave", { room: "a" });
  const jun = fixture.guest("jun");
  const join = jun.tell("join", { room: "a" });
  settle();
  expect(mina.answerTo(sent)).toMatchObject({ type: "sent", seq: 1 });
  expect(jun.answerTo(join)).toMatchObject({ head: 0 });
  expect(jun.heard()).toEqual(["on its way"]);
  const next = jun.tell("send", { room: "a", text: "next" });
  settle();
  expect(jun.answerTo(next)).toMatchObject({ seq: 2 });
  expect(jun.heard()).toEqual(["next"]);
});

test("a room that is dropped with a line and a join on their way goes with the last answer", () => {
  const { fixture, log, settle, joined } = lateChat();
  const mina = joined("mina", "a");
  mina.tell("send", { room: "a", text: "1" });
  settle();
  const jun = fixture.guest("jun");
  jun.tell("join", { room: "a", after: 0 });
  mina.tell("send", { room: "a", text: "2" });
  mina.leaveForGood();
  jun.leaveForGood();
  expect(fixture.service.counts.rooms).toBe(1);
  log().answer(0, false);
  fixture.tick();
  expect(fixture.service.counts.rooms).toBe(1);
  log().answer(0, true);
  fixture.tick();
  expect(fixture.service.counts).toEqual({ connections: 0, sessions: 0, rooms: 0, groups: 0 });
});

test("a room whose only visitor goes before being caught up goes with the answer", () => {
  const { fixture, settle, joined } = lateChat();
  const mina = joined("mina", "a");
  mina.tell("send", { room: "a", text: "1" });
  settle();
  mina.tell("leave", { room: "a" });
  mina.tell("join", { room: "a" });
  settle();
  mina.tell("join", { room: "a", after: 0 });
  mina.leaveForGood();
  expect(fixture.service.counts.rooms).toBe(1);
  settle();
  expect(fixture.service.counts).toEqual({ connections: 0, sessions: 0, rooms: 0, groups: 0 });
});

test("one who leaves before being caught up, and joins again, has every line once", () => {
  const { fixture, settle, joined } = lateChat();
  const mina = joined("mina", "a");
  mina.tell("send", { room: "a", text: "1" });
  settle();
  mina.leaveForGood();
  const jun = joined("jun", "b");
  const first = jun.tell("join", { room: "a", after: 0 });
  settle();
  jun.tell("leave", { room: "a" });
  const second = jun.tell("join", { room: "a", after: 0 });
  jun.tell("leave", { room: "a" });
  settle();
  expect(jun.answerTo(first)).toMatchObject({ recovered: true });
  expect(jun.answerTo(second)).toMatchObject({ code: "not_joined" });
  expect(jun.heard()).toEqual(["1"]);
  expect(fixture.service.counts.rooms).toBe(1);
});

test("a line that is stored and not yet acknowledged comes once to a session that joins meanwhile", () => {
  const { fixture, log, settle, joined } = lateChat();
  const mina = joined("mina", "a");
  mina.tell("send", { room: "a", text: "1" });
  settle();
  const jun = fixture.guest("jun");
  const join = jun.tell("join", { room: "a", after: 0 });
  mina.tell("send", { room: "a", text: "2" });
  fixture.tick();
  log().store(0, false);
  settle();
  expect(jun.answerTo(join)).toMatchObject({ recovered: true, head: 1 });
  expect(jun.heard()).toEqual(["1", "2"]);
});

test("lines that were acknowledged after the log was read are read too", () => {
  const { fixture, log, settle, joined } = lateChat();
  const mina = joined("mina", "a");
  mina.tell("send", { room: "a", text: "1" });
  settle();
  mina.tell("send", { room: "a", text: "2" });
  const jun = fixture.guest("jun");
  const join = jun.tell("join", { room: "a", after: 0 });
  fixture.tick();
  log().readEarly(0);
  settle();
  expect(jun.answerTo(join)).toMatchObject({ recovered: true, head: 2 });
  expect(jun.heard()).toEqual(["1", "2"]);
});

test("a session that leaves before the join is done is told that it came to nothing", () => {
  const { fixture, settle, joined } = lateChat();
  const mina = joined("mina", "a");
  mina.tell("send", { room: "a", text: "1" });
  settle();
  const jun = fixture.guest("jun");
  const join = jun.tell("join", { room: "a", after: 0 });
  const leave = jun.tell("leave", { room: "a" });
  settle();
  expect(jun.answerTo(leave)).toMatchObject({ type: "left" });
  expect(jun.answerTo(join)).toMatchObject({ code: "not_joined" });
  mina.tell("send", { room: "a", text: "2" });
  settle();
  expect(jun.heard()).toEqual([]);
});

test("a line on its way keeps the nick under which it was said", () => {
  const { settle, joined } = lateChat();
  const mina = joined("mina", "a");
  const id = mina.tell("send", { room: "a", text: "hi" });
  mina.tell("nick", { nick: "other" });
  settle();
  expect(mina.answerTo(id)).toMatchObject({ type: "sent" });
  expect(mina.events().filter(({ type }) => type === "message")).toMatchObject([{ from: "mina" }]);
});

test("what is said in a conversation that is being loaded is said under the nick of that moment", () => {
  const { fixture, settle } = lateChat();
  const mina = fixture.guest("mina");
  const id = mina.tell("send", { room: "@mina+jun", text: "hi" });
  mina.tell("nick", { nick: "other" });
  settle();
  expect(mina.answerTo(id)).toMatchObject({ type: "sent" });
  expect(fixture.service.counts.rooms).toBe(0);
  const jun = fixture.guest("jun");
  const page = jun.tell("history", { room: "@mina+jun", limit: 1 });
  settle();
  expect(jun.answerTo(page)).toMatchObject({ entries: [{ from: "mina", text: "hi" }] });
});

test("a line that was on its way when its session was replaced is found again by its cid", () => {
  const { fixture, settle, joined } = lateChat();
  const former = joined("mina", "a");
  former.tell("send", { room: "a", text: "hi", cid: "c" });
  fixture.tick();
  const latter = fixture.guest("mina", former.token);
  latter.tell("join", { room: "a", after: 0 });
  const id = latter.tell("send", { room: "a", text: "hi", cid: "c" });
  settle();
  expect(latter.answerTo(id)).toMatchObject({ seq: 1, duplicate: true });
  expect(latter.heard()).toEqual(["hi"]);
  expect(former.heard()).toEqual([]);
});

test("a page shows nothing that the room has not been told yet, though the log has it", () => {
  const { fixture, log, settle, joined } = lateChat();
  const mina = joined("mina", "a");
  const page = mina.tell("history", { room: "a", limit: 5 });
  const sent = mina.tell("send", { room: "a", text: "hi" });
  fixture.tick();
  log().store(0, false);
  log().answer(0, false);
  fixture.tick();
  expect(mina.answerTo(page)).toMatchObject({ entries: [], head: 0 });
  expect(mina.ask("join", { room: "a" })).toMatchObject({ head: 0 });
  settle();
  expect(mina.answerTo(sent)).toMatchObject({ seq: 1 });
  expect(mina.heard()).toEqual(["hi"]);
});

test("another nick waits for the rooms that were asked for under the old one, and what follows for it", () => {
  const { fixture, settle } = lateChat();
  const mina = fixture.guest("mina");
  const ids = [
    mina.tell("join", { room: "@jun+mina" }),
    mina.tell("send", { room: "@jun+mina", text: "hi" }),
    mina.tell("nick", { nick: "mira" }),
    mina.tell("join", { room: "@jun+mira" }),
    mina.tell("nick", { nick: "mona" }),
    mina.tell("send", { room: "@jun+mira", text: "too late" }),
  ];
  settle();
  expect(ids.map((id) => mina.answerTo(id).type)).toEqual([
    "joined",
    "sent",
    "renamed",
    "joined",
    "renamed",
    "error",
  ]);
});
