// Entries beyond messages: what is written, in which order, and through which mishaps.

import { afterEach, expect, test } from "bun:test";
import type { CommandOf } from "@maru/protocol/chat";
import { connectChat } from "../../src/chat/mod.ts";
import type { FakeConnection } from "./fake-server.ts";
import { endMeetings, failure, meet, nextOf, nextPhase, startServer } from "./meet.ts";

afterEach(endMeetings);

type Put = "send" | "edit" | "redact" | "react" | "topic";
const limited = { code: "rate_limited", message: "m", retryable: true, retryAfterMs: 70 };

/** Acknowledges the next command, which must be of this type. */
async function take<T extends Put>(connection: FakeConnection, type: T, seq: number) {
  const command = await connection.expect(type);
  const { id: re, room } = command as CommandOf<Put>;
  connection.say({ type: "sent", re, room, seq, at: 0, duplicate: false });
  return command;
}

test("amendments and topics go out in the order of the calls, each with its fields and a cid", async () => {
  const { client, connection } = await meet();
  const put = [
    client.send("lobby", "one", { replyTo: 3 }),
    client.edit("lobby", 4, "two"),
    client.redact("lobby", 4, { reason: "wrong room" }),
    client.react("lobby", 5, "👍"),
    client.react("lobby", 5, "👍", { remove: true }),
    client.topic("lobby", "tea", { cid: "mine" }),
    client.send("lobby", "last"),
  ];
  const cid = expect.stringMatching(/^[\w-]{22}-\d{9}$/);
  expect(await take(connection, "send", 6)).toMatchObject({ text: "one", replyTo: 3, cid });
  expect(await take(connection, "edit", 7)).toMatchObject({ target: 4, text: "two", cid });
  expect(await take(connection, "redact", 8)).toMatchObject({ target: 4, reason: "wrong room" });
  expect(await take(connection, "react", 9)).toMatchObject({ target: 5, emoji: "👍" });
  expect(await take(connection, "react", 10)).toMatchObject({ remove: true });
  expect(await take(connection, "topic", 11)).toMatchObject({ topic: "tea", cid: "mine" });
  expect(await take(connection, "send", 12)).toMatchObject({ text: "last" });
  expect((await Promise.all(put)).map(({ seq }) => seq)).toEqual([6, 7, 8, 9, 10, 11, 12]);
});

test("an amendment that is too much at once waits, goes again, and is overtaken by nothing", async () => {
  const { client, connection, clock } = await meet();
  const put = [
    client.edit("lobby", 4, "a"),
    client.edit("lobby", 4, "b"),
    client.send("lobby", "c"),
  ];
  const first = await connection.expect("edit");
  connection.say({ type: "error", re: first.id, ...limited });
  const pong = client.ping();
  connection.say({ type: "pong", re: (await connection.expect("ping")).id });
  await pong;
  clock.advance(69);
  expect(connection.waiting).toBe(0);
  clock.advance(1);
  expect(await take(connection, "edit", 5)).toMatchObject({ text: "a", cid: first.cid });
  expect(await take(connection, "edit", 6)).toMatchObject({ text: "b" });
  await take(connection, "send", 7);
  expect((await Promise.all(put)).map(({ seq }) => seq)).toEqual([5, 6, 7]);
});

test("after a lost connection they follow the rooms, under the same cids", async () => {
  const { client, connection, server, clock } = await meet();
  const events = client.events();
  const joining = client.join("lobby");
  await connection.joined({ head: 4, epoch: "e" });
  await joining;
  const put = [client.topic("lobby", "tea"), client.redact("lobby", 3), client.send("lobby", "x")];
  const lost = await connection.expect("topic");
  connection.drop();
  await nextPhase(events, "waiting");
  clock.advance(1000);
  const again = await server.accept();
  await again.welcome();
  expect(await again.joined({ head: 4, epoch: "e" })).toMatchObject({ after: 4 });
  expect(await take(again, "topic", 5)).toMatchObject({ cid: lost.cid });
  await take(again, "redact", 6);
  await take(again, "send", 7);
  await Promise.all(put);
  expect(await nextOf(events, "joined")).toMatchObject({ again: true });
});

test("a refusal for good is told, and what waits behind it goes on", async () => {
  const { client, connection } = await meet({ outboxBytesMax: 480 }, { limits: { textBytes: 64 } });
  const editing = failure(client.edit("lobby", 4, "not mine"));
  const sending = client.send("lobby", "fine");
  const { id: re } = await connection.expect("edit");
  connection.say({ type: "error", re, code: "forbidden", message: "m", retryable: false });
  expect((await editing).code).toBe("forbidden");
  await take(connection, "send", 5);
  await sending;
  expect(await failure(client.edit("lobby", 4, "가".repeat(22)))).toMatchObject({ field: "text" });
  const topic = client.topic("lobby", "x".repeat(400));
  expect(await failure(client.react("lobby", 4, "👍"))).toMatchObject({ code: "outbox_full" });
  await take(connection, "topic", 6);
  await topic;
});

test("what a client leaves unsent another takes up, and the server gets it under the same cids", async () => {
  const { client, connection, clock } = await meet({ nick: "ann" });
  const put = [
    client.send("lobby", "a"),
    client.edit("lobby", 1, "b"),
    client.send("@ann+bob", "c"),
  ];
  const failures = put.map(failure);
  const lost = await connection.expect("send");
  await connection.expect("edit");
  expect(client.unsent()).toHaveLength(3);
  const closing = client.close({ deadlineMs: 50 });
  clock.advance(50);
  await closing;
  expect((await Promise.all(failures)).map(({ code }) => code)).toEqual(Array(3).fill("closed"));
  const unsent = JSON.parse(JSON.stringify(client.unsent())) as ReturnType<typeof client.unsent>;
  expect(unsent.map(({ type, room }) => [type, room])).toEqual([
    ["send", "lobby"],
    ["edit", "lobby"],
    ["send", "@ann+bob"],
  ]);

  const server = startServer();
  const connecting = connectChat({ port: server.port, nick: "ann" });
  const second = await server.accept();
  await second.welcome();
  const heir = await connecting;
  const joining = heir.join("lobby");
  const taken = heir.resend(unsent);
  await second.joined({ head: 1 });
  const send = await second.expect("send");
  expect(send).toMatchObject({ text: "a", cid: lost.cid });
  second.say({ type: "sent", re: send.id, room: "lobby", seq: 1, at: 0, duplicate: true });
  await take(second, "edit", 2);
  await take(second, "send", 1);
  await joining;
  expect((await Promise.all(taken)).map(({ duplicate }) => duplicate)).toEqual([
    true,
    false,
    false,
  ]);
  expect(heir.unsent()).toEqual([]);
  await heir.close();
});

test("searches, marks, and gathers every page of the inbox", async () => {
  const { client, connection, clock } = await meet();
  const found = client.search({ query: "배포", room: "lobby", from: "ann", since: 1, limit: 5 });
  const search = await connection.expect("search");
  expect(search).toEqual({
    type: "search",
    id: search.id,
    query: "배포",
    room: "lobby",
    from: "ann",
    since: 1,
    limit: 5,
  });
  connection.say({ type: "page", re: search.id, entries: [], more: false, indexing: true });
  expect((await found).indexing).toBe(true);
  const pages: number[][] = [];
  const paged = (async () => {
    for await (const page of client.searchPages({ query: "w", limit: 2 })) {
      pages.push(page.entries.map(({ seq }) => seq));
    }
  })();
  const entry = { type: "message" as const, room: "lobby", seq: 7, at: 1, from: "ann", text: "w" };
  for (const [cursor, next] of [
    [undefined, "one"],
    ["one", "two"],
    ["two", undefined],
  ]) {
    const { id, ...asked } = await connection.expect("search");
    const more = next !== undefined && { next };
    expect(asked).toEqual({ type: "search", query: "w", limit: 2, ...(cursor && { cursor }) });
    const entries = cursor === "one" ? [] : [entry];
    connection.say({ type: "page", re: id, entries, more: next !== undefined, ...more });
  }
  await paged;
  expect(pages).toEqual([[7], [], [7]]);
  const around = client.history("lobby", { around: 7 });
  const history = await connection.expect("history");
  expect(history).toMatchObject({ around: 7, limit: 100 });
  connection.say({ type: "page", re: history.id, entries: [], more: false, head: 9 });
  expect((await around).head).toBe(9);
  const marking = client.mark("lobby", 7);
  const mark = await connection.expect("mark");
  connection.say({ type: "marked", re: mark.id, room: "lobby", seq: mark.seq });
  expect((await marking).seq).toBe(7);

  const reading = client.inbox();
  const room = (name: string) => ({
    room: name,
    epoch: "e",
    head: 9,
    read: 7,
    unread: 2,
    mentions: 0,
  });
  const first = await connection.expect("inbox");
  connection.say({ type: "conversations", re: first.id, rooms: [room("a")], more: true });
  const refused = await connection.expect("inbox");
  expect(refused.after).toBe("a");
  connection.say({ type: "error", re: refused.id, ...limited });
  const pong = client.ping();
  connection.say({ type: "pong", re: (await connection.expect("ping")).id });
  await pong;
  clock.advance(70);
  const second = await connection.expect("inbox");
  connection.say({ type: "conversations", re: second.id, rooms: [room("b")], more: false });
  expect((await reading).map(({ room: name }) => name)).toEqual(["a", "b"]);
});
