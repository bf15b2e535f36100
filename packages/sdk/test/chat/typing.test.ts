// Typing notices: how few are given, when none is, and whom one that arrives is shown to.

import { afterEach, expect, test } from "bun:test";
import { typingIntervalMs } from "@maru/protocol/chat";
import { entry, type FakeConnection } from "./fake-server.ts";
import { endMeetings, failure, meet, nextOf, nextPhase } from "./meet.ts";

afterEach(endMeetings);

const notice = (from: string) => ({ type: "typing", room: "lobby", from }) as const;

async function noted(connection: FakeConnection) {
  const typing = await connection.expect("typing");
  connection.say({ type: "noted", re: typing.id });
  return typing;
}

test("gives one notice an interval, however often it is called, and one end of it", async () => {
  const { client, connection, clock } = await meet();
  const first = client.typing("lobby");
  await client.typing("Lobby");
  await client.typing("lobby", { stopped: false });
  expect(await noted(connection)).toEqual({ type: "typing", id: 2, room: "lobby" });
  await first;
  const stopped = client.typing("lobby", { stopped: true });
  await client.typing("lobby", { stopped: true });
  expect(await noted(connection)).toMatchObject({ room: "lobby", stopped: true });
  await stopped;
  clock.advance(typingIntervalMs - 1);
  await client.typing("lobby");
  expect(connection.waiting).toBe(0);
  clock.advance(1);
  const again = client.typing("lobby");
  await noted(connection);
  await again;
});

test("does not wait for a connection, and none is given late", async () => {
  const { client, connection, server, clock } = await meet();
  const events = client.events();
  const lost = client.typing("lobby");
  await connection.expect("typing");
  connection.drop();
  await lost;
  await nextPhase(events, "waiting");
  await client.typing("other");
  clock.advance(1000);
  const again = await server.accept();
  await again.welcome();
  const pong = client.ping();
  again.say({ type: "pong", re: (await again.expect("ping")).id });
  await pong;
  expect(again.waiting).toBe(0);
  await client.close();
  await client.typing("lobby");
});

test("is not given where it would have to wait for other commands", async () => {
  const { client, connection } = await meet({}, { limits: { inflight: 1 } });
  const pong = client.ping();
  await client.typing("lobby");
  connection.say({ type: "pong", re: (await connection.expect("ping")).id });
  await pong;
  const given = client.typing("lobby");
  await noted(connection);
  await given;
});

test("rejects when the server refuses it, and not when the client is closed meanwhile", async () => {
  const { client, connection } = await meet();
  const refused = failure(client.typing("lobby"));
  const { id: re } = await connection.expect("typing");
  connection.say({ type: "error", re, code: "not_joined", message: "m", retryable: false });
  expect((await refused).code).toBe("not_joined");
  const open = client.typing("other");
  await connection.expect("typing");
  connection.drop();
  await open;
});

test("hands over the notices of others in one's rooms, and moves no seq", async () => {
  const { client, connection } = await meet({ nick: "ann" });
  const events = client.events();
  const joining = client.join("lobby");
  await connection.joined({ head: 4 });
  await joining;
  const elsewhere = { ...notice("bob"), room: "@ann+bob" };
  const stopped = { ...notice("bob"), stopped: true } as const;
  connection.sayAll([elsewhere, notice("ann"), notice("bob"), entry("lobby", 5), stopped]);
  expect(await nextOf(events, "typing")).toEqual(notice("bob"));
  expect((await events.next()).value).toMatchObject({ type: "message", seq: 5 });
  expect((await events.next()).value).toEqual(stopped);
  expect(client.joinedRooms).toEqual(["lobby"]);
});

test("keeps no notice for a reader who is behind: neither in a gap, nor with too much unread", async () => {
  const { client, connection } = await meet({ eventsBuffered: 4 });
  const events = client.events();
  await nextPhase(events, "online");
  const joining = client.join("lobby", { after: 1 });
  await connection.joined({ head: 2, recovered: false });
  await joining;
  const first = await connection.expect("history");
  connection.say(notice("bob"));
  connection.say({ type: "page", re: first.id, entries: [entry("lobby", 1)], more: false });
  const second = await connection.expect("history");
  connection.say({ type: "page", re: second.id, entries: [entry("lobby", 2)], more: false });
  expect((await nextOf(events, "joined")).room).toBe("lobby");
  expect((await events.next()).value).toMatchObject({ seq: 2 });
  const pong = client.ping();
  const { id: re } = await connection.expect("ping");
  const entries = [3, 4, 5, 6].map((seq) => entry("lobby", seq));
  connection.sayAll([...entries, notice("bob"), { type: "pong", re }]);
  await pong;
  for (const { seq } of entries) expect((await events.next()).value).toMatchObject({ seq });
  connection.say(entry("lobby", 7));
  expect((await events.next()).value).toMatchObject({ seq: 7 });
});
