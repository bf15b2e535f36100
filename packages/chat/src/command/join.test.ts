import { expect, test } from "bun:test";
import { ChatFixture, type Visitor } from "../../test/chat-fixture.ts";

/** A room where `count` lines, "1" and on, have been said; and who said them. */
function roomOf(fixture: ChatFixture, count: number, room = "lobby"): Visitor {
  const speaker = fixture.guest("speaker");
  speaker.ask("join", { room });
  for (let line = 1; line <= count; line += 1) speaker.ask("send", { room, text: `${line}` });
  return speaker;
}

test("the first visitor of a room is alone in it, at the beginning", () => {
  const visitor = new ChatFixture().guest("mina");
  expect(visitor.ask("join", { room: "로비" })).toEqual({
    type: "joined",
    re: 2,
    room: "로비",
    epoch: "epoch-1",
    head: 0,
    topic: "",
    memberCount: 1,
    members: ["mina"],
    recovered: false,
  });
});

test("a room has one name, as its first visitor writes it, however others spell it", () => {
  const fixture = new ChatFixture();
  fixture.guest("one").ask("join", { room: "Lobby" });
  const two = fixture.guest("two");
  expect(two.ask("join", { room: "LOBBY" })).toMatchObject({ room: "Lobby", memberCount: 2 });
  expect(two.ask("send", { room: "lobby", text: "hi" })).toMatchObject({ room: "Lobby", seq: 1 });
});

test("joining twice is one membership, one copy of each line and one presence", () => {
  const fixture = new ChatFixture();
  const speaker = roomOf(fixture, 2);
  const visitor = fixture.guest("mina");
  visitor.ask("join", { room: "lobby" });
  expect(visitor.ask("join", { room: "Lobby" })).toMatchObject({ memberCount: 2, head: 2 });
  speaker.events();
  visitor.events();
  speaker.ask("send", { room: "lobby", text: "once" });
  expect(visitor.events()).toMatchObject([{ type: "message", text: "once" }]);
});

test("without `after` nothing is replayed and the head tells where the room stands", () => {
  const fixture = new ChatFixture();
  roomOf(fixture, 3);
  const visitor = fixture.guest("mina");
  expect(visitor.ask("join", { room: "lobby" })).toMatchObject({ head: 3, recovered: false });
  expect(visitor.heard()).toEqual([]);
});

test("with `after` and the epoch, what was missed stands between joined and what is new", () => {
  const fixture = new ChatFixture();
  const speaker = roomOf(fixture, 4);
  const visitor = fixture.guest("mina");
  speaker.tell("send", { room: "lobby", text: "before, same tick" });
  visitor.tell("join", { room: "lobby", after: 2, epoch: "epoch-1" });
  speaker.tell("send", { room: "lobby", text: "behind, same tick" });
  fixture.tick();
  expect(visitor.line.received.slice(1).map(({ type }) => type)).toEqual([
    "joined",
    "message",
    "message",
    "message",
    "message",
    "presence",
  ]);
  expect(visitor.answerTo(2)).toMatchObject({ head: 4, recovered: true });
  expect(visitor.heard()).toEqual(["3", "4", "before, same tick", "behind, same tick"]);
});

test("an `after` at the head is recovered with nothing to replay", () => {
  const fixture = new ChatFixture();
  roomOf(fixture, 2);
  const visitor = fixture.guest("mina");
  expect(visitor.ask("join", { room: "lobby", after: 2 })).toMatchObject({ recovered: true });
  expect(visitor.ask("join", { room: "empty", after: 0 })).toMatchObject({ recovered: true });
  expect(visitor.heard()).toEqual([]);
});

test("an `after` beyond the head, or of another epoch, is not recovered", () => {
  const fixture = new ChatFixture();
  roomOf(fixture, 2);
  const visitor = fixture.guest("mina");
  expect(visitor.ask("join", { room: "lobby", after: 3 })).toMatchObject({ recovered: false });
  const old = { room: "lobby", after: 1, epoch: "epoch-0" };
  expect(visitor.ask("join", old)).toMatchObject({ recovered: false, epoch: "epoch-1", head: 2 });
  expect(visitor.heard()).toEqual([]);
});

test("replays as many entries as it may, and none when there is one more", () => {
  const fixture = new ChatFixture({ replayEntries: 5 });
  roomOf(fixture, 10);
  const visitor = fixture.guest("mina");
  expect(visitor.ask("join", { room: "lobby", after: 5 })).toMatchObject({ recovered: true });
  expect(visitor.heard()).toHaveLength(5);
  expect(visitor.ask("join", { room: "lobby", after: 4 })).toMatchObject({ recovered: false });
  expect(visitor.heard()).toEqual([]);
});

test("replays as many bytes as it may, and none when there is one entry more", () => {
  // The memory log counts three bytes a UTF-16 unit of text, room and sender, and 160 for the rest.
  const entryBytes = (1 + "lobby".length + "speaker".length) * 3 + 160;
  const fixture = new ChatFixture({ replayBytes: entryBytes * 3 });
  roomOf(fixture, 9);
  const visitor = fixture.guest("mina");
  expect(visitor.ask("join", { room: "lobby", after: 6 })).toMatchObject({ recovered: true });
  expect(visitor.heard()).toHaveLength(3);
  expect(visitor.ask("join", { room: "lobby", after: 5 })).toMatchObject({ recovered: false });
});

test("what the log no longer has is a gap, and not recovered", () => {
  const fixture = new ChatFixture({ memoryLogBytes: 1_000 });
  const speaker = roomOf(fixture, 20);
  const page = speaker.ask("history", { room: "lobby", limit: 50 });
  const first = page.type === "page" ? (page.entries[0]?.seq ?? 0) : 0;
  expect(first).toBeGreaterThan(2);
  const visitor = fixture.guest("mina");
  const asked = { room: "lobby", epoch: "epoch-1" };
  expect(visitor.ask("join", { ...asked, after: first - 2 })).toMatchObject({ recovered: false });
  expect(visitor.ask("join", { ...asked, after: first - 1 })).toMatchObject({ recovered: true });
});

test("a replay calls the room as `joined` does, even when it was once spelled in another way", () => {
  const fixture = new ChatFixture();
  const speaker = roomOf(fixture, 1, "Lobby");
  speaker.ask("leave", { room: "Lobby" });
  const visitor = fixture.guest("mina");
  expect(visitor.ask("join", { room: "lobby", after: 0 })).toMatchObject({ room: "lobby" });
  expect(visitor.events()).toMatchObject([{ type: "message", room: "lobby" }, { room: "lobby" }]);
  const page = visitor.ask("history", { room: "lobby", limit: 1 });
  expect(page).toMatchObject({ entries: [{ room: "lobby" }] });
});

test("a session may be in so many rooms, and in another after leaving one", () => {
  const fixture = new ChatFixture({ roomsPerSession: 2 });
  const visitor = fixture.guest("mina");
  visitor.ask("join", { room: "a" });
  expect(visitor.ask("join", { room: "b" })).toMatchObject({ type: "joined" });
  expect(visitor.ask("join", { room: "c" })).toMatchObject({ code: "too_many_rooms" });
  expect(visitor.ask("join", { room: "B" })).toMatchObject({ type: "joined" });
  visitor.ask("leave", { room: "a" });
  expect(visitor.ask("join", { room: "c" })).toMatchObject({ type: "joined" });
});

test("a join that fails leaves no room behind", () => {
  const fixture = new ChatFixture({ roomsPerSession: 1 });
  const visitor = fixture.guest("mina");
  visitor.ask("join", { room: "a" });
  for (const room of ["b", "c", "d"]) {
    expect(visitor.ask("join", { room })).toMatchObject({ code: "too_many_rooms" });
  }
  expect(fixture.service.counts).toEqual({ connections: 1, sessions: 1, rooms: 1, groups: 1 });
});

test("a room's name that breaks a rule is refused with the rule", () => {
  const visitor = new ChatFixture().guest("mina");
  for (const room of [
    "a b",
    "x".repeat(33),
    "@",
    "@mina",
    "@mina+",
    "@a+b+c",
    "\u1100\u1161\u1161",
  ]) {
    const reply = visitor.ask("join", { room });
    expect(reply).toMatchObject({ type: "error", code: "invalid_message", field: "room" });
  }
});

test("a direct room is for its two people alone", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  expect(mina.ask("join", { room: "@Mina+jun" })).toMatchObject({ room: "@jun+Mina" });
  for (const room of ["@jun+mina", "@mina+jun"]) {
    expect(fixture.guest().ask("join", { room })).toMatchObject({
      code: "forbidden",
      field: "room",
    });
  }
  expect(fixture.guest("jun").ask("join", { room: "@mina+jun" })).toMatchObject({ memberCount: 2 });
});
