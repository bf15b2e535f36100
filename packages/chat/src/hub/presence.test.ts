import { expect, test } from "bun:test";
import { ChatFixture, type Message, type Visitor } from "../../test/chat-fixture.ts";

const isPresence = (message: { type: string }): message is Message<"presence"> =>
  message.type === "presence";

/** What a visitor has been told of who came and went since it last looked. */
const presenceOf = (visitor: Visitor) => visitor.events().filter(isPresence);

/** A watcher in the room "a", who has been told everything so far. */
function watched(fixture: ChatFixture): Visitor {
  const watcher = fixture.guest("watcher");
  watcher.ask("join", { room: "a" });
  watcher.events();
  return watcher;
}

test("who comes and goes in one tick is told in one event, to the newcomers too", () => {
  const fixture = new ChatFixture();
  const watcher = watched(fixture);
  const [mina, jun, eve] = [fixture.guest("mina"), fixture.guest("jun"), fixture.guest("eve")];
  eve.ask("join", { room: "a" });
  watcher.events();
  mina.tell("join", { room: "a" });
  jun.tell("join", { room: "a" });
  eve.tell("leave", { room: "a" });
  fixture.tick();
  const told = {
    type: "presence" as const,
    room: "a",
    memberCount: 3,
    joined: ["mina", "jun"],
    left: ["eve"],
  };
  expect(presenceOf(watcher)).toEqual([told]);
  expect(presenceOf(mina)).toEqual([told]);
  expect(eve.line.received.filter(isPresence)).toHaveLength(1);
});

test("a join and a leave in one tick are no news", () => {
  const fixture = new ChatFixture();
  const watcher = watched(fixture);
  const mina = fixture.guest("mina");
  mina.tell("join", { room: "a" });
  mina.tell("leave", { room: "a" });
  fixture.tick();
  expect(presenceOf(watcher)).toEqual([]);
  mina.ask("join", { room: "a" });
  watcher.events();
  mina.tell("leave", { room: "a" });
  mina.tell("join", { room: "a" });
  fixture.tick();
  expect(presenceOf(watcher)).toEqual([]);
});

test("a session that resumes on another connection within a tick has neither come nor gone", () => {
  const fixture = new ChatFixture();
  const watcher = watched(fixture);
  const mina = fixture.guest("mina");
  mina.ask("join", { room: "a" });
  watcher.events();
  const again = fixture.visitor();
  again.tell("hello", { versions: [1], client: "test", nick: "mina", resume: mina.token });
  again.tell("join", { room: "a" });
  fixture.tick();
  expect(presenceOf(watcher)).toEqual([]);
  expect(watcher.ask("who", { room: "a" })).toMatchObject({ members: ["mina", "watcher"] });
});

test("only what has changed in the end is told, however it came about", () => {
  const fixture = new ChatFixture();
  const watcher = watched(fixture);
  const [old, gone, newcomer] = [
    fixture.guest("old"),
    fixture.guest("gone"),
    fixture.guest("newcomer"),
  ];
  old.ask("join", { room: "a" });
  gone.ask("join", { room: "a" });
  watcher.events();
  old.tell("nick", { nick: "interim" });
  newcomer.tell("nick", { nick: "old" });
  newcomer.tell("join", { room: "a" });
  old.tell("nick", { nick: "new" });
  gone.tell("nick", { nick: "interim" });
  gone.tell("leave", { room: "a" });
  fixture.tick();
  expect(presenceOf(watcher)).toEqual([
    {
      type: "presence",
      room: "a",
      memberCount: 3,
      joined: ["old"],
      left: ["gone"],
      renamed: [{ from: "old", to: "new" }],
    },
  ]);
});

test("a newcomer who is renamed in the same tick comes under the new nick", () => {
  const fixture = new ChatFixture();
  const watcher = watched(fixture);
  const mina = fixture.guest("mina");
  mina.tell("join", { room: "a" });
  mina.tell("nick", { nick: "other" });
  fixture.tick();
  expect(presenceOf(watcher)).toEqual([
    { type: "presence", room: "a", memberCount: 2, joined: ["other"] },
  ]);
});

test("a large room is told its count alone, and not more often than it may be", () => {
  const fixture = new ChatFixture({ presenceNames: 3, presenceCountMs: 1_000 });
  const watcher = watched(fixture);
  const guests = Array.from({ length: 5 }, (_, index) => fixture.guest(`guest-${index}`));
  const join = (index: number) => guests[index]?.ask("join", { room: "a" });
  join(0);
  join(1);
  expect(presenceOf(watcher)).toMatchObject([{ joined: ["guest-0"] }, { joined: ["guest-1"] }]);
  join(2);
  join(3);
  expect(presenceOf(watcher)).toEqual([]);
  fixture.now += 999;
  fixture.tick();
  expect(presenceOf(watcher)).toEqual([]);
  fixture.now += 1;
  fixture.tick();
  expect(presenceOf(watcher)).toEqual([{ type: "presence", room: "a", memberCount: 5 }]);
  fixture.now += 10_000;
  fixture.tick();
  expect(presenceOf(watcher)).toEqual([]);
});

test("a clock that is set back doesn't silence a large room", () => {
  const fixture = new ChatFixture({ presenceNames: 1, presenceCountMs: 1_000 });
  const watcher = watched(fixture);
  fixture.guest("one").ask("join", { room: "a" });
  fixture.now += 1_000;
  fixture.tick();
  watcher.events();
  fixture.now -= 3_600_000;
  fixture.guest("two").ask("join", { room: "a" });
  expect(presenceOf(watcher)).toMatchObject([{ memberCount: 3 }]);
});

test("a crowd that leaves a few behind is told as a count: its names would not fit a frame", () => {
  const fixture = new ChatFixture({ presenceNames: 10 });
  const watcher = watched(fixture);
  const crowd = Array.from({ length: 40 }, (_, index) => fixture.guest(`guest-${index}`));
  for (const guest of crowd) guest.tell("join", { room: "a" });
  fixture.now += 1_000;
  fixture.tick();
  expect(presenceOf(watcher)).toMatchObject([{ memberCount: 41 }]);
  for (const guest of crowd) guest.tell("leave", { room: "a" });
  fixture.tick();
  expect(presenceOf(watcher)).toEqual([{ type: "presence", room: "a", memberCount: 1 }]);
});

test("who is brought into a conversation, or leaves it, has neither come nor gone", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  mina.ask("send", { room: "@mina+jun", text: "1" });
  mina.ask("leave", { room: "@mina+jun" });
  expect(presenceOf(jun)).toEqual([]);
});

test("what changes soon after a room was told is gathered, and told when the time is over", () => {
  const fixture = new ChatFixture({ presenceMs: 100 });
  const watcher = watched(fixture);
  const mina = fixture.guest("mina");
  fixture.pass(100);
  mina.ask("join", { room: "a" });
  expect(presenceOf(watcher)).toMatchObject([{ joined: ["mina"] }]);
  for (let count = 0; count < 50; count += 1) mina.ask("nick", { nick: `mina${count}` });
  fixture.guest("jun").ask("join", { room: "a" });
  fixture.pass(99);
  expect(presenceOf(watcher)).toEqual([]);
  fixture.pass(1);
  expect(presenceOf(watcher)).toEqual([
    {
      type: "presence",
      room: "a",
      memberCount: 3,
      joined: ["jun"],
      renamed: [{ from: "mina", to: "mina49" }],
    },
  ]);
  fixture.pass(10_000);
  expect(presenceOf(watcher)).toEqual([]);
});

test("what wakes the service for one room wakes it for no other too early", () => {
  const fixture = new ChatFixture({ presenceMs: 100 });
  const watcher = fixture.guest("watcher");
  for (const room of ["a", "b"]) watcher.ask("join", { room });
  watcher.events();
  const mina = fixture.guest("mina");
  fixture.pass(50);
  mina.ask("join", { room: "a" });
  fixture.pass(50);
  expect(presenceOf(watcher)).toMatchObject([{ room: "a", joined: ["mina"] }]);
  mina.ask("join", { room: "b" });
  expect(presenceOf(watcher)).toMatchObject([{ room: "b", joined: ["mina"] }]);
  mina.ask("leave", { room: "a" });
  mina.ask("leave", { room: "b" });
  fixture.pass(100);
  expect(presenceOf(watcher)).toMatchObject([
    { room: "a", left: ["mina"] },
    { room: "b", left: ["mina"] },
  ]);
});
