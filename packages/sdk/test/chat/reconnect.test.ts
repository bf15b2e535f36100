// Reconnecting: what is said again, in which order, and when a client comes back or stays away.

import { afterEach, expect, test } from "bun:test";
import { entry } from "./fake-server.ts";
import { endMeetings, failure, meet, nextOf, nextPhase } from "./meet.ts";

afterEach(endMeetings);

const closing = { type: "close", code: "shutdown", reason: "bye" } as const;

test("resumes, rejoins where it stopped, and resends in order under the same cids", async () => {
  const { client, connection, server, clock } = await meet({ nick: "ann" });
  const events = client.events();
  const joining = client.join("lobby");
  await connection.joined({ head: 4, epoch: "e7" });
  await joining;
  connection.say(entry("lobby", 5));
  expect(await nextOf(events, "message")).toMatchObject({ seq: 5 });
  const sends = ["a", "b", "c"].map((text) => client.send("lobby", text));
  const lost = [await connection.sent(6), await connection.expect("send")];
  await sends[0];
  connection.drop();
  const waiting = await nextPhase(events, "waiting");
  expect(waiting).toMatchObject({ attempt: 1, untilMs: clock.nowMs() + 125 });
  clock.advance(125);

  const again = await server.accept();
  expect(await again.welcome()).toMatchObject({ nick: "ann", resume: "token-1" });
  const join = await again.joined({ head: 6, epoch: "e7" });
  expect(join).toMatchObject({ room: "lobby", after: 5, epoch: "e7" });
  again.say(entry("lobby", 6, "a"));
  expect(await again.sent(7)).toMatchObject({ text: "b", cid: lost[1]?.cid });
  expect(await again.sent(8)).toMatchObject({ text: "c" });
  expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual([6, 7, 8]);
  expect(await nextOf(events, "joined")).toMatchObject({ again: true, recovered: true });
  expect(await nextOf(events, "message")).toMatchObject({ seq: 6, text: "a" });
});

test("applies an entry once, however often it arrives", async () => {
  const { client, connection } = await meet();
  const events = client.events();
  const joining = client.join("lobby");
  await connection.joined({ head: 2 });
  await joining;
  connection.sayAll([2, 3, 3, 2, 4].map((seq) => entry("lobby", seq)));
  expect(await nextOf(events, "message")).toMatchObject({ seq: 3 });
  expect(await nextOf(events, "message")).toMatchObject({ seq: 4 });
});

test("stays away when the close says never", async () => {
  const { client, connection, clock } = await meet();
  const events = client.events();
  const sending = failure(client.send("lobby", "x"));
  await connection.expect("send");
  connection.say({ ...closing, code: "replaced", reconnect: "never" });
  expect(await nextPhase(events, "closed")).toMatchObject({ reason: { code: "replaced" } });
  expect((await sending).code).toBe("replaced");
  expect((await failure(client.ping())).code).toBe("replaced");
  expect((await events.next()).done).toBe(true);
  expect(clock.pending).toBe(0);
});

test("comes back at once when the close says now", async () => {
  const { client, connection, server, clock } = await meet();
  connection.say({ ...closing, reconnect: "now" });
  await nextPhase(client.events(), "waiting");
  clock.advance(0);
  await (await server.accept()).welcome();
});

test("comes back soon from a shutdown, however long it was away before that", async () => {
  const { client, connection, server, clock } = await meet();
  const events = client.events();
  const waited = async (): Promise<number> => {
    const waiting = await nextPhase(events, "waiting");
    if (waiting.phase !== "waiting") throw new Error(waiting.phase);
    return waiting.untilMs - clock.nowMs();
  };
  clock.advance(10_000);
  connection.drop();
  let longest = 0;
  for (let attempt = 1; attempt <= 9; attempt += 1) {
    longest = await waited();
    clock.advance(longest);
    (await server.accept()).drop();
  }
  expect(longest).toBe(15_000);
  clock.advance(await waited());
  const again = await server.accept();
  await again.welcome();
  await nextPhase(events, "online");
  again.say({ ...closing, reconnect: "backoff", afterMs: 1000 });
  expect(await waited()).toBe(1000 + 125);
});

test("comes back at once when its owner wants that, and dials once", async () => {
  const { client, connection, server, clock } = await meet();
  client.reconnect();
  expect(client.state.phase).toBe("online");
  connection.say({ ...closing, reconnect: "backoff", afterMs: 60_000 });
  await nextPhase(client.events(), "waiting");
  const { pending } = clock;
  client.reconnect();
  client.reconnect();
  expect(client.state).toMatchObject({ phase: "connecting", attempt: 1 });
  // The time to be welcomed in, in the place of the time to wait.
  expect(clock.pending).toBe(pending);
  await (await server.accept()).welcome();
});

test("comes back no sooner than the close says, and jittered", async () => {
  const { client, connection, clock } = await meet();
  connection.say({ ...closing, reconnect: "backoff", afterMs: 5000 });
  const waiting = await nextPhase(client.events(), "waiting");
  expect(waiting).toMatchObject({ untilMs: clock.nowMs() + 5125, reason: { code: "shutdown" } });
});

test("waits longer after each failure in a row", async () => {
  const { client, connection, server, clock } = await meet();
  const events = client.events();
  connection.drop();
  const delays: number[] = [];
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const state = await nextPhase(events, "waiting");
    if (state.phase !== "waiting") throw new Error("unreachable");
    delays.push(state.untilMs - clock.nowMs());
    clock.advance(delays.at(-1) ?? 0);
    (await server.accept()).drop();
  }
  expect(delays).toEqual([125, 250, 500]);
});

test("keeps trying, and keeps its outbox, while its nick is held by its own dead connection", async () => {
  const { client, connection, server, clock } = await meet({ nick: "ann" });
  const events = client.events();
  const sending = client.send("lobby", "later");
  const { cid } = await connection.expect("send");
  connection.drop();
  await nextPhase(events, "waiting");
  clock.advance(1000);
  const refusing = await server.accept();
  const { id: re } = await refusing.expect("hello");
  refusing.say({ type: "error", re, code: "nick_taken", message: "m", retryable: true });
  expect(await nextPhase(events, "waiting")).toMatchObject({ reason: { code: "nick_taken" } });
  clock.advance(1000);
  const again = await server.accept();
  expect(await again.welcome()).toMatchObject({ nick: "ann", resume: "token-1" });
  expect(await again.sent(1)).toMatchObject({ text: "later", cid });
  expect((await sending).seq).toBe(1);
});

test("asks again what can be asked twice, and fails what can't", async () => {
  const { client, connection, server, clock } = await meet();
  const events = client.events();
  const asked = client.who("lobby");
  const nick = failure(client.nick("bea"));
  await connection.expect("who");
  await connection.expect("nick");
  connection.drop();
  expect((await nick).code).toBe("connection_lost");
  await nextPhase(events, "waiting");
  clock.advance(1000);
  const again = await server.accept();
  await again.welcome();
  const { id: re } = await again.expect("who");
  again.say({ type: "members", re, room: "lobby", members: ["ann"], more: false });
  expect((await asked).members).toEqual(["ann"]);
});

test("tells when a room can't be joined again, and why", async () => {
  const { client, connection, server, clock } = await meet();
  const events = client.events();
  const joining = client.join("lobby");
  await connection.joined();
  await joining;
  connection.drop();
  await nextPhase(events, "waiting");
  clock.advance(1000);
  const again = await server.accept();
  await again.welcome();
  const { id: re } = await again.expect("join");
  again.say({ type: "error", re, code: "forbidden", message: "m", retryable: false });
  expect(await nextOf(events, "left")).toMatchObject({
    room: "lobby",
    reason: { code: "forbidden" },
  });
  expect(client.joinedRooms).toEqual([]);
});

test("pings an idle connection, and leaves one that does not answer", async () => {
  const { client, connection, clock } = await meet({}, { heartbeatMs: 20_000 });
  const events = client.events();
  clock.advance(10_000);
  const ping = await connection.expect("ping");
  connection.say({ type: "pong", re: ping.id });
  const pong = client.ping();
  const second = await connection.expect("ping");
  connection.say({ type: "pong", re: second.id });
  await pong;
  clock.advance(29_999);
  expect(client.state.phase).toBe("online");
  clock.advance(1);
  const waiting = await nextPhase(events, "waiting");
  expect(waiting).toMatchObject({ reason: { code: "connection_lost" } });
  await connection.closed;
});
