import { expect, test } from "bun:test";
import { ChatFixture } from "../../test/chat-fixture.ts";

test("hello with a free nick is accepted and welcomed with what a client needs to know", () => {
  const fixture = new ChatFixture();
  const visitor = fixture.visitor();
  expect(visitor.hello({ nick: "마루" })).toMatchObject({
    type: "welcome",
    re: 1,
    version: 1,
    server: "maru/test",
    nick: "마루",
    time: fixture.now,
    durability: "memory",
    heartbeatMs: 30_000,
    limits: { frameBytes: 65_536, textBytes: 8_192, roomsPerSession: 8 },
  });
  expect(visitor.line.accepted).toBe(1);
});

test("a client that speaks later versions too is welcomed, one without ours is told which it is", () => {
  const fixture = new ChatFixture();
  expect(fixture.visitor().hello({ versions: [7, 1, 2] })).toMatchObject({ version: 1 });
  const visitor = fixture.visitor();
  expect(visitor.hello({ versions: [2, 3] })).toMatchObject({
    type: "error",
    code: "version_unsupported",
    field: "versions",
    retryable: false,
    message: "this server speaks version 1",
  });
  expect(visitor.line.accepted).toBe(0);
  expect(visitor.hello({ nick: "after-all" })).toMatchObject({ type: "welcome" });
});

test("a nick that breaks a rule is refused with the rule, and holds nothing", () => {
  const fixture = new ChatFixture();
  for (const nick of [
    "a b",
    "x".repeat(33),
    "admin",
    "аdmin",
    "a\u200db",
    "é\u0301\u0301\u0301\u0301",
  ]) {
    const reply = fixture.visitor().hello({ nick });
    expect(reply).toMatchObject({ type: "error", code: "invalid_message", field: "nick" });
  }
  expect(fixture.service.counts.sessions).toBe(0);
  expect(fixture.visitor().hello({ nick: "x".repeat(32) })).toMatchObject({ type: "welcome" });
});

test("a nick in use is taken in every case and for its look-alikes, and free when its holder is gone", () => {
  const fixture = new ChatFixture();
  const mike = fixture.guest("Mike");
  for (const nick of ["Mike", "mike", "MIKE", "Ｍike", "rnike", "míke", "m1ke"]) {
    expect(fixture.visitor().hello({ nick })).toMatchObject({
      type: "error",
      code: "nick_taken",
      field: "nick",
      retryable: true,
    });
  }
  mike.leaveForGood();
  expect(fixture.visitor().hello({ nick: "rnike" })).toMatchObject({ type: "welcome" });
});

test("a nick of capitals that are drawn like another alphabet's is a look-alike as it is written", () => {
  const fixture = new ChatFixture();
  const greek = fixture.guest("ΗΝ");
  expect(fixture.visitor().hello({ nick: "HN" })).toMatchObject({ code: "nick_taken" });
  expect(fixture.visitor().hello({ nick: "ην" })).toMatchObject({ code: "nick_taken" });
  greek.leaveForGood();
  fixture.guest("HN");
  expect(fixture.visitor().hello({ nick: "ΗΝ" })).toMatchObject({ code: "nick_taken" });
});

test("without a nick, guests get names of their own", () => {
  const fixture = new ChatFixture();
  const nicks = Array.from({ length: 20 }, () => {
    const reply = fixture.visitor().hello();
    return reply.type === "welcome" ? reply.nick : "";
  });
  expect(new Set(nicks).size).toBe(20);
  for (const nick of nicks) expect(nick).toMatch(/^guest-[a-z0-9]{4,}$/);
});

test("a second hello fails and changes nothing", () => {
  const fixture = new ChatFixture();
  const visitor = fixture.guest("one");
  expect(visitor.hello({ nick: "two" })).toMatchObject({ type: "error", code: "already_greeted" });
  expect(fixture.visitor().hello({ nick: "two" })).toMatchObject({ type: "welcome" });
  expect(fixture.visitor().hello({ nick: "one" })).toMatchObject({ code: "nick_taken" });
});

test("resume takes the nick back at once from a live session, which is told and out of every room", () => {
  const fixture = new ChatFixture();
  const former = fixture.guest("mina");
  const other = fixture.guest("other");
  for (const room of ["a", "b"]) {
    former.ask("join", { room });
    other.ask("join", { room });
  }
  const latter = fixture.guest("mina", former.token);
  expect(former.line.closed).toMatchObject({ code: "replaced", reconnect: "never" });
  const heard = former.line.received.length;
  other.ask("send", { room: "a", text: "for mina" });
  expect(former.line.received.slice(heard)).toEqual([]);
  expect(latter.ask("join", { room: "a" })).toMatchObject({ members: ["mina", "other"] });
  expect(latter.token).not.toBe(former.token);
});

test("what a replaced session still says or does has no effect", () => {
  const fixture = new ChatFixture();
  const former = fixture.guest("mina");
  former.ask("join", { room: "a" });
  const latter = fixture.guest("mina", former.token);
  latter.ask("join", { room: "a" });
  former.tell("send", { room: "a", text: "ghost" });
  former.tell("nick", { nick: "ghost" });
  fixture.tick();
  expect(latter.heard()).toEqual([]);
  former.leaveForGood();
  expect(latter.ask("who", { room: "a" })).toMatchObject({ members: ["mina"] });
  expect(fixture.visitor().hello({ nick: "mina" })).toMatchObject({ code: "nick_taken" });
});

test("resume works for another free nick, and not for one that another has", () => {
  const fixture = new ChatFixture();
  const former = fixture.guest("first");
  fixture.guest("second");
  const refused = fixture.visitor().hello({ nick: "second", resume: former.token });
  expect(refused).toMatchObject({ code: "nick_taken" });
  expect(former.line.closed).toBeNull();
  expect(fixture.visitor().hello({ nick: "third", resume: former.token })).toMatchObject({
    nick: "third",
  });
  expect(former.line.closed).toMatchObject({ code: "replaced" });
  expect(fixture.visitor().hello({ nick: "first" })).toMatchObject({ type: "welcome" });
});

test("resume without a nick keeps the former one", () => {
  const fixture = new ChatFixture();
  const former = fixture.guest("마루");
  expect(fixture.visitor().hello({ resume: former.token })).toMatchObject({ nick: "마루" });
});

test("a token works once, and a wrong one is as good as none", () => {
  const fixture = new ChatFixture();
  const former = fixture.guest("mina");
  expect(fixture.visitor().hello({ nick: "mina", resume: "wrong" })).toMatchObject({
    code: "nick_taken",
  });
  expect(former.line.closed).toBeNull();
  const { token } = former;
  fixture.guest("mina", token).ask("ping", {});
  expect(fixture.visitor().hello({ nick: "mina", resume: token })).toMatchObject({
    code: "nick_taken",
  });
  expect(fixture.visitor().hello({ nick: "free", resume: token })).toMatchObject({ nick: "free" });
});

test("a token that was resumed with is good until the new session's first command", () => {
  const fixture = new ChatFixture();
  const first = fixture.guest("mina");
  // Its welcome is lost on the way, so the client comes with the same token again.
  const second = fixture.guest("mina", first.token);
  const third = fixture.guest("mina", first.token);
  expect(second.line.closed).toMatchObject({ code: "replaced" });
  third.ask("ping", {});
  expect(fixture.visitor().hello({ nick: "mina", resume: first.token })).toMatchObject({
    code: "nick_taken",
  });
  expect(fixture.visitor().hello({ nick: "mina", resume: third.token })).toMatchObject({
    type: "welcome",
  });
});
