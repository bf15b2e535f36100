import { expect, test } from "bun:test";
import { ChatFixture, type Message } from "../../test/chat-fixture.ts";

/** Two members of one room. */
function pair(fixture: ChatFixture, room = "lobby") {
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  mina.ask("join", { room });
  jun.ask("join", { room });
  mina.events();
  jun.events();
  return { mina, jun };
}

test("what is said reaches every member as one event, and its sender after the acknowledgement", () => {
  const fixture = new ChatFixture();
  const { mina, jun } = pair(fixture);
  const id = mina.tell("send", { room: "lobby", text: "안녕 👨‍👩‍👧‍👦", replyTo: 3, action: true });
  expect(mina.line.waiting).toEqual([]);
  fixture.tick();
  const [sent, message] = mina.line.received.slice(-2);
  expect(sent).toEqual({
    type: "sent",
    re: id,
    room: "lobby",
    seq: 1,
    at: fixture.now,
    duplicate: false,
  });
  expect(message).toEqual({
    type: "message",
    room: "lobby",
    seq: 1,
    at: fixture.now,
    from: "mina",
    text: "안녕 👨‍👩‍👧‍👦",
    replyTo: 3,
    action: true,
  });
  expect(jun.events()).toEqual([message as Message<"message">]);
});

test("several lines of one tick are acknowledged and heard in the order in which they were said", () => {
  const fixture = new ChatFixture();
  const { mina, jun } = pair(fixture);
  mina.tell("send", { room: "lobby", text: "1" });
  jun.tell("send", { room: "lobby", text: "2" });
  mina.tell("send", { room: "LOBBY", text: "3" });
  fixture.tick();
  const types = mina.line.received.slice(-5).map(({ type }) => type);
  expect(types).toEqual(["sent", "sent", "message", "message", "message"]);
  expect(mina.heard()).toEqual(["1", "2", "3"]);
  expect(jun.heard()).toEqual(["1", "2", "3"]);
});

test("one must have joined a room to speak in it", () => {
  const fixture = new ChatFixture();
  pair(fixture);
  const other = fixture.guest("other");
  for (const room of ["lobby", "nowhere"]) {
    const reply = other.ask("send", { room, text: "hi" });
    expect(reply).toMatchObject({ code: "not_joined", field: "room", retryable: false });
  }
  expect(other.ask("send", { room: "a b", text: "hi" })).toMatchObject({ code: "invalid_message" });
});

test("who says so speaks in a room without joining it: the line is heard, without a presence", () => {
  const fixture = new ChatFixture();
  const { mina, jun } = pair(fixture);
  const other = fixture.guest("other");
  const said = { room: "Lobby", text: "green", unjoined: true } as const;
  expect(other.ask("send", said)).toMatchObject({ type: "sent", room: "lobby", seq: 1 });
  fixture.tick();
  const heard = { type: "message", room: "lobby", from: "other", text: "green" };
  expect(mina.events()).toMatchObject([heard]);
  expect(jun.events()).toMatchObject([heard]);
  expect(other.events()).toEqual([]);
  mina.ask("send", { room: "lobby", text: "thanks" });
  expect(other.heard()).toEqual([]);
  expect(mina.ask("who", { room: "lobby" })).toMatchObject({ members: ["jun", "mina"] });
  // A member says it as any other, and so is a conversation, whose people are brought in.
  expect(mina.ask("send", said)).toMatchObject({ seq: 3 });
  other.ask("send", { ...said, room: "@jun+other" });
  expect(jun.heard()).toContain("green");
});

test("an empty room takes what is said without joining, and forgets itself after", () => {
  const fixture = new ChatFixture();
  const other = fixture.guest("other");
  const said = { room: "empty", text: "kept", unjoined: true } as const;
  expect(other.ask("send", said)).toMatchObject({ type: "sent", seq: 1 });
  expect(other.ask("send", { room: "empty", text: "no" })).toMatchObject({ code: "not_joined" });
  expect(other.ask("rooms", {})).toMatchObject({ rooms: [] });
  const mina = fixture.guest("mina");
  expect(mina.ask("join", { room: "empty", after: 0 })).toMatchObject({ head: 1 });
  expect(mina.heard()).toEqual(["kept"]);
});

test("without joining, too, what is others' is closed to one, and the rules hold", () => {
  const fixture = new ChatFixture({ roomsMax: 1 });
  pair(fixture);
  const eve = fixture.guest("eve");
  const say = (room: string) => eve.ask("send", { room, text: "hi", unjoined: true });
  expect(say("@jun+mina")).toMatchObject({ code: "forbidden" });
  expect(say("a b")).toMatchObject({ code: "invalid_message", field: "room" });
  expect(say("another")).toMatchObject({ code: "server_full" });
});

test("a text may take 8192 bytes of UTF-8, in Korean too, and not one more", () => {
  const fixture = new ChatFixture();
  const { mina, jun } = pair(fixture);
  const korean = "가".repeat(2730);
  for (const text of ["x".repeat(8192), `${korean}xy`, "😀".repeat(2048)]) {
    expect(Buffer.byteLength(text)).toBe(8192);
    expect(mina.ask("send", { room: "lobby", text })).toMatchObject({ type: "sent" });
  }
  for (const text of [`${korean}xyz`, `${korean}가`, `${"😀".repeat(2048)}x`]) {
    const reply = mina.ask("send", { room: "lobby", text });
    expect(reply).toMatchObject({ code: "invalid_message", field: "text", retryable: false });
  }
  expect(jun.heard()).toHaveLength(3);
});

test("the same cid is the same seq, in the same tick and later, and is said once", () => {
  const fixture = new ChatFixture();
  const { mina, jun } = pair(fixture);
  const ids = [1, 2].map(() => mina.tell("send", { room: "lobby", text: "once", cid: "c-1" }));
  fixture.tick();
  const [first, second] = ids.map((id) => mina.answerTo(id));
  expect(first).toMatchObject({ seq: 1, duplicate: false });
  expect(second).toMatchObject({ seq: 1, duplicate: true });
  fixture.now += 5_000;
  const late = mina.ask("send", { room: "lobby", text: "changed", cid: "c-1" });
  expect(late).toMatchObject({ seq: 1, duplicate: true, at: fixture.now - 5_000 });
  expect(jun.heard()).toEqual(["once"]);
  expect(mina.ask("send", { room: "lobby", text: "next" })).toMatchObject({ seq: 2 });
});

test("a cid is an account's own, and outlives its connection", () => {
  const fixture = new ChatFixture();
  const { mina, jun } = pair(fixture);
  mina.ask("send", { room: "lobby", text: "mina's", cid: "same" });
  const jun1 = jun.ask("send", { room: "lobby", text: "jun's", cid: "same" });
  expect(jun1).toMatchObject({ seq: 2, duplicate: false });
  const again = fixture.guest("mina", mina.token);
  again.ask("join", { room: "lobby", after: 0 });
  expect(again.ask("send", { room: "lobby", text: "mina's", cid: "same" })).toMatchObject({
    seq: 1,
    duplicate: true,
  });
});

test("one speaks to a person without joining anything, and both hear it", () => {
  const fixture = new ChatFixture();
  const [mina, jun] = [fixture.guest("Mina"), fixture.guest("Jun")];
  const reply = mina.ask("send", { room: "@mina+jun", text: "psst" });
  expect(reply).toMatchObject({ type: "sent", room: "@jun+mina", seq: 1 });
  expect(jun.events()).toMatchObject([
    { type: "message", room: "@jun+mina", from: "Mina", text: "psst" },
  ]);
  expect(mina.heard()).toEqual(["psst"]);
  jun.ask("send", { room: "@jun+mina", text: "what?" });
  expect(mina.heard()).toEqual(["what?"]);
});

test("what is said to a person who is away is kept, and what follows their coming is heard", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  expect(mina.ask("send", { room: "@mina+jun", text: "early" })).toMatchObject({ seq: 1 });
  const jun = fixture.guest("jun");
  mina.ask("send", { room: "@mina+jun", text: "late" });
  expect(jun.heard()).toEqual(["late"]);
  const page = jun.ask("history", { room: "@mina+jun", limit: 10 });
  expect(page).toMatchObject({ entries: [{ text: "early" }, { text: "late" }], more: false });
});

test("a conversation with oneself is a notebook", () => {
  const mina = new ChatFixture().guest("mina");
  expect(mina.ask("send", { room: "@mina+mina", text: "note" })).toMatchObject({ seq: 1 });
  expect(mina.heard()).toEqual(["note"]);
});

test("a third can't speak in the conversation of two others", () => {
  const fixture = new ChatFixture();
  fixture.guest("mina").ask("send", { room: "@mina+jun", text: "private" });
  const eve = fixture.guest("eve");
  const reply = eve.ask("send", { room: "@mina+jun", text: "hi" });
  expect(reply).toMatchObject({ code: "forbidden", field: "room" });
  const page = eve.ask("history", { room: "@mina+jun", limit: 1 });
  expect(page).toMatchObject({ code: "forbidden" });
});
