// Commands and their replies: mapping, order, limits, pace, and giving up.

import { afterEach, expect, test } from "bun:test";
import { entry } from "./fake-server.ts";
import { endMeetings, failure, meet, nextOf, nextPhase } from "./meet.ts";

afterEach(endMeetings);

test("answers each command with its own reply, in whatever order they come", async () => {
  const { client, connection } = await meet();
  const rooms = client.rooms();
  const page = client.history("lobby", { before: 9, limit: 2 });
  const { id: roomsId } = await connection.expect("rooms");
  const history = await connection.expect("history");
  expect(history).toMatchObject({ room: "lobby", before: 9, limit: 2 });
  connection.say({ type: "page", re: history.id, entries: [entry("lobby", 8)], more: true });
  connection.say({ type: "directory", re: roomsId, rooms: [], more: false });
  expect((await page).entries).toHaveLength(1);
  expect((await rooms).more).toBe(false);
});

test("maps an error reply to a MaruError with every field", async () => {
  const { client, connection } = await meet();
  const refused = failure(client.who("lobby"));
  const { id: re } = await connection.expect("who");
  const fields = { code: "busy", message: "m", retryable: true, retryAfterMs: 70, field: "topic" };
  connection.say({ type: "error", re, ...fields });
  expect(await refused).toMatchObject({ name: "MaruError", ...fields });
});

test("speaks in a room that it has not joined when told so, on the next connection, too", async () => {
  const { client, connection, server, clock } = await meet();
  const sent = client.send("ops", "green", { unjoined: true });
  expect(await connection.expect("send")).toMatchObject({ room: "ops", unjoined: true });
  connection.drop();
  await nextPhase(client.events(), "waiting");
  clock.advance(1000);
  const again = await server.accept();
  await again.welcome();
  const { id: re, unjoined } = await again.expect("send");
  expect(unjoined).toBe(true);
  again.say({ type: "sent", re, room: "ops", seq: 1, at: 0, duplicate: false });
  expect(await sent).toMatchObject({ seq: 1 });
  expect(client.joinedRooms).toEqual([]);
});

test("refuses on the spot what the server would refuse", async () => {
  const { client, connection } = await meet({}, { limits: { textBytes: 64 } });
  expect(await failure(client.send("r", "가".repeat(22)))).toMatchObject({ field: "text" });
  expect(await failure(client.send("r", "a\u001bb"))).toMatchObject({ field: "text" });
  expect(await failure(client.send("r", "a\ud800"))).toMatchObject({ field: "text" });
  expect(await failure(client.send("r", ""))).toMatchObject({ code: "invalid_message" });
  expect(await failure(client.topic("r", "a\nb"))).toMatchObject({ field: "topic" });
  void client.ping();
  await connection.expect("ping");
});

test("writes no more commands than the server takes unanswered", async () => {
  const { client, connection } = await meet({}, { limits: { inflight: 2 } });
  const sends = [1, 2, 3].map((n) => client.send("lobby", `${n}`));
  const first = await connection.expect("send");
  const second = await connection.expect("send");
  expect([first.text, second.text, connection.waiting]).toEqual(["1", "2", 0]);
  const sent = { type: "sent", room: "lobby", at: 0, duplicate: false } as const;
  connection.say({ ...sent, re: first.id, seq: 1 });
  expect((await connection.sent(3)).text).toBe("3");
  connection.say({ ...sent, re: second.id, seq: 2 });
  expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("paces sends below the announced rate", async () => {
  const { client, connection, clock } = await meet({}, { limits: { sendRate: 10, sendBurst: 4 } });
  const sends = [1, 2, 3].map((n) => client.send("lobby", `${n}`));
  await connection.sent(1);
  await connection.sent(2);
  await Promise.all(sends.slice(0, 2));
  expect(client.buffered).toBeGreaterThan(0);
  expect(clock.pending).toBeGreaterThan(0);
  clock.advance(106);
  expect((await connection.sent(3)).text).toBe("3");
  await client.drained();
});

test("sends a refused message again in its place, after the time the server names", async () => {
  const { client, connection, clock } = await meet();
  const sends = ["a", "b", "c"].map((text) => client.send("lobby", text));
  const refusals = [await connection.expect("send"), await connection.expect("send")];
  const taken = await connection.expect("send");
  for (const { id: re } of refusals) {
    const refused = { code: "rate_limited", message: "slow down", retryable: true };
    connection.say({ type: "error", re, retryAfterMs: 500, ...refused });
  }
  // c was taken: the wire is empty now, and a and b follow, in order.
  connection.say({
    type: "sent",
    re: taken.id,
    room: "lobby",
    seq: 1,
    at: 0,
    duplicate: false,
  });
  await sends[2];
  clock.advance(499);
  expect(connection.waiting).toBe(0);
  clock.advance(1);
  expect(await connection.sent(2)).toMatchObject({ text: "a", cid: refusals[0]?.cid });
  expect(await connection.sent(3)).toMatchObject({ text: "b", cid: refusals[1]?.cid });
  expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual([2, 3, 1]);
});

test("rejects at once when aborted, and lets the late reply go", async () => {
  const { client, connection } = await meet();
  const abort = new AbortController();
  const asked = failure(client.who("lobby", { signal: abort.signal }));
  const { id: re } = await connection.expect("who");
  abort.abort();
  expect((await asked).code).toBe("aborted");
  connection.say({ type: "members", re, room: "lobby", members: [], more: false });
  const pong = client.ping();
  const ping = await connection.expect("ping");
  connection.say({ type: "pong", re: ping.id });
  expect((await pong).re).toBe(ping.id);
});

test("never writes a send that was aborted while it waited", async () => {
  const { client, connection } = await meet({}, { limits: { inflight: 1 } });
  const abort = new AbortController();
  const first = client.send("lobby", "first");
  const second = failure(client.send("lobby", "second", { signal: abort.signal }));
  const third = client.send("lobby", "third");
  abort.abort();
  expect((await second).code).toBe("aborted");
  await connection.sent(1);
  expect((await connection.sent(2)).text).toBe("third");
  await Promise.all([first, third]);
});

test("leaves a room again that was joined when it was not wanted any more", async () => {
  const { client, connection } = await meet();
  const abort = new AbortController();
  const joining = failure(client.join("lobby", { signal: abort.signal }));
  const events = client.events();
  const join = await connection.expect("join");
  abort.abort();
  expect((await joining).code).toBe("aborted");
  const members = { topic: "", memberCount: 1, members: [], recovered: false };
  connection.say({ type: "joined", re: join.id, room: "lobby", epoch: "e", head: 0, ...members });
  expect((await connection.expect("leave")).room).toBe("lobby");
  await nextOf(events, "state");
});

test("a command without an answer times out; a send does not", async () => {
  const { client, connection, clock } = await meet({ commandTimeoutMs: 1000 });
  const sending = client.send("lobby", "patience");
  const asked = failure(client.who("lobby"));
  const send = await connection.expect("send");
  await connection.expect("who");
  clock.advance(1000);
  expect((await asked).code).toBe("timeout");
  connection.say({ type: "sent", re: send.id, room: "lobby", seq: 1, at: 0, duplicate: false });
  expect((await sending).seq).toBe(1);
});

test("a leave does not overtake the sends before it", async () => {
  const { client, connection, clock } = await meet({}, { limits: { sendRate: 1, sendBurst: 2 } });
  const sends = [client.send("lobby", "one"), client.send("lobby", "two")];
  const leaving = client.leave("lobby");
  await connection.sent(1);
  await sends[0];
  expect(connection.waiting).toBe(0);
  clock.advance(1053);
  await connection.sent(2);
  const leave = await connection.expect("leave");
  connection.say({ type: "left", re: leave.id, room: "lobby" });
  expect((await leaving).room).toBe("lobby");
});

test("refuses a send when the outbox is full", async () => {
  const { client, connection } = await meet({ outboxBytesMax: 500 });
  const first = client.send("lobby", "x".repeat(500));
  expect(await failure(client.send("lobby", "y"))).toMatchObject({ code: "outbox_full" });
  await connection.sent(1);
  await first;
  expect(client.buffered).toBe(0);
});

test("a nick changes when what was said before is stored, and what follows waits for it", async () => {
  const { client, connection } = await meet({ nick: "ann" });
  const before = client.send("lobby", "as ann");
  const renaming = client.nick("bea");
  const after = client.send("lobby", "as bea");
  const send = await connection.expect("send");
  const pong = client.ping();
  const ping = await connection.expect("ping");
  connection.say({ type: "pong", re: ping.id });
  await pong;
  expect(connection.waiting).toBe(0);
  connection.say({ type: "sent", re: send.id, room: "lobby", seq: 1, at: 0, duplicate: false });
  await before;
  const nick = await connection.expect("nick");
  const second = client.ping();
  connection.say({ type: "pong", re: (await connection.expect("ping")).id });
  await second;
  expect(connection.waiting).toBe(0);
  connection.say({ type: "renamed", re: nick.id, nick: "bea" });
  expect((await renaming).nick).toBe("bea");
  expect((await connection.sent(2)).text).toBe("as bea");
  expect((await after).seq).toBe(2);
});

test("what was said before a nick that a lost connection held up goes out under the old one", async () => {
  const { client, connection, server, clock } = await meet({ nick: "ann" });
  const events = client.events();
  const sending = client.send("lobby", "as ann");
  const renaming = client.nick("bea");
  const { cid } = await connection.expect("send");
  connection.drop();
  let state = (await nextOf(events, "state")).state;
  while (state.phase !== "waiting") state = (await nextOf(events, "state")).state;
  clock.advance(1000);
  const again = await server.accept();
  expect((await again.welcome()).nick).toBe("ann");
  expect(await again.sent(1)).toMatchObject({ text: "as ann", cid });
  const nick = await again.expect("nick");
  again.say({ type: "renamed", re: nick.id, nick: "bea" });
  await Promise.all([sending, renaming]);
});

test("asks for history again when too much was read at once, after the time the server names", async () => {
  const { client, connection, clock } = await meet();
  const limited = { code: "rate_limited", message: "m", retryable: true, retryAfterMs: 70 };
  const page = client.history("lobby", { before: 9 });
  connection.say({ type: "error", re: (await connection.expect("history")).id, ...limited });
  const pong = client.ping();
  connection.say({ type: "pong", re: (await connection.expect("ping")).id });
  await pong;
  clock.advance(70);
  const { id: re, before } = await connection.expect("history");
  expect(before).toBe(9);
  connection.say({ type: "page", re, entries: [entry("lobby", 8)], more: false });
  expect((await page).entries).toHaveLength(1);
});

test("a history that waits to be asked again ends with its caller, or with the client", async () => {
  const { client, connection, clock } = await meet();
  const abort = new AbortController();
  const limited = { code: "rate_limited", message: "m", retryable: true, retryAfterMs: 70 };
  const pages = [client.history("lobby", { signal: abort.signal }), client.history("lobby")];
  const failures = pages.map(failure);
  for (const _ of pages) {
    connection.say({ type: "error", re: (await connection.expect("history")).id, ...limited });
  }
  const pong = client.ping();
  connection.say({ type: "pong", re: (await connection.expect("ping")).id });
  await pong;
  abort.abort();
  expect((await failures[0])?.code).toBe("aborted");
  const closing = client.close({ deadlineMs: 50 });
  clock.advance(50);
  await closing;
  expect((await failures[1])?.code).toBe("closed");
  expect(clock.pending).toBe(0);
});

test("sends wait out a disk that takes nothing, and go again in their order with the same cids", async () => {
  const { client, connection, clock } = await meet();
  const full = { code: "storage_unavailable", message: "m", retryable: true, retryAfterMs: 500 };
  const sends = ["one", "two"].map((text) => client.send("lobby", text));
  const first = [await connection.expect("send"), await connection.expect("send")];
  for (const { id: re } of first) connection.say({ type: "error", re, ...full });
  const pong = client.ping();
  connection.say({ type: "pong", re: (await connection.expect("ping")).id });
  await pong;
  expect(client.lastRefusal).toMatchObject({ code: full.code, message: full.message });
  clock.advance(500);
  for (const [index, { text, cid }] of first.entries()) {
    const again = await connection.expect("send");
    expect(again).toMatchObject({ text, cid });
    const sent = { type: "sent", room: "lobby", at: 0, duplicate: false } as const;
    connection.say({ ...sent, re: again.id, seq: index + 1 });
  }
  expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual([1, 2]);
  expect(client.lastRefusal).toBeNull();
});
