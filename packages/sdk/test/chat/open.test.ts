// A client that is handed out before it is connected: what is asked meanwhile, and how it ends.

import { afterEach, expect, test } from "bun:test";
import { VirtualClock } from "@maru/testkit";
import { type ChatClient, type ChatClientOptions, openChat } from "../../src/chat/mod.ts";
import type { TransportHandlers } from "../../src/transport/transport.ts";
import { entry, FakeServer } from "./fake-server.ts";
import { endMeetings, failure, nextOf, nextPhase, startServer } from "./meet.ts";

const opened: { client: ChatClient; clock: VirtualClock }[] = [];
afterEach(async () => {
  for (const { client, clock } of opened.splice(0)) {
    const closed = client.close({ deadlineMs: 0 });
    clock.advance(0);
    await closed;
  }
  await endMeetings();
});

function start(options: ChatClientOptions) {
  const clock = new VirtualClock();
  const client = openChat({ clock, random: () => 0.5, retryFirst: true, ...options });
  opened.push({ client, clock });
  return { client, clock, events: client.events() };
}

/** A port that no server listens on. */
async function freePort(): Promise<number> {
  const server = new FakeServer();
  server.stop();
  return server.port;
}

test("waits while the server is down, and then does everything once, in its order", async () => {
  const port = await freePort();
  const { client, clock, events } = start({ port, nick: "ann", commandTimeoutMs: 100 });
  expect(client.state.phase).toBe("connecting");
  const joining = client.join("lobby");
  const sends = ["a", "b", "c"].map((text) => client.send("lobby", text));
  const asked = client.who("lobby");
  await nextPhase(events, "connecting");
  const waiting = await nextPhase(events, "waiting");
  expect(waiting).toMatchObject({ attempt: 1, reason: { code: "connect_failed" } });
  clock.advance(125);
  await nextPhase(events, "connecting");
  await nextPhase(events, "waiting");
  expect(client.unsent()).toMatchObject([{ text: "a" }, { text: "b" }, { text: "c" }]);

  const server = new FakeServer(port);
  try {
    // Later than a command's time: it can't have been answered so far.
    clock.advance(250);
    const connection = await server.accept();
    await connection.welcome();
    expect((await connection.joined({ head: 7 })).room).toBe("lobby");
    const { id: re } = await connection.expect("who");
    connection.say({ type: "members", re, room: "lobby", members: ["ann"], more: false });
    const texts = [await connection.sent(8), await connection.sent(9), await connection.sent(10)];
    expect(texts.map(({ text }) => text)).toEqual(["a", "b", "c"]);
    expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual([8, 9, 10]);
    expect([(await joining).head, (await asked).members]).toEqual([7, ["ann"]]);
    connection.say(entry("lobby", 8, "a"));
    expect((await nextPhase(events, "online")).phase).toBe("online");
    expect(await nextOf(events, "joined")).toMatchObject({ room: "lobby", again: false });
    expect(await nextOf(events, "message")).toMatchObject({ seq: 8 });
    expect([connection.waiting, client.unsent(), client.joinedRooms]).toEqual([0, [], ["lobby"]]);
  } finally {
    server.stop();
  }
});

test("a connection that is lost right after the first welcome changes nothing of that", async () => {
  const server = startServer();
  const { client, clock, events } = start({ port: server.port, commandTimeoutMs: 100 });
  const joining = client.join("lobby");
  const sending = client.send("lobby", "a");
  const first = await server.accept();
  await first.welcome();
  await first.expect("join");
  const { cid } = await first.expect("send");
  first.drop();
  await nextPhase(events, "waiting");
  clock.advance(125);
  const second = await server.accept();
  await second.welcome();
  await second.joined();
  expect(await second.sent(1)).toMatchObject({ text: "a", cid });
  expect([(await joining).head, (await sending).seq]).toEqual([0, 1]);
});

test("what another client left unsent follows the join of the same turn", async () => {
  const server = startServer();
  const { client } = start({ port: server.port });
  const joining = client.join("lobby");
  const body = { type: "send", room: "lobby", text: "kept", cid: "old-1" } as const;
  const [resent] = client.resend([body]);
  const fresh = client.send("lobby", "new");
  const connection = await server.accept();
  await connection.welcome({ limits: { inflight: 1 } });
  await connection.joined();
  expect(await connection.sent(1)).toMatchObject({ text: "kept", cid: "old-1" });
  expect(await connection.sent(2)).toMatchObject({ text: "new" });
  await Promise.all([joining, resent, fresh]);
});

test("says who it is before it knows, and what it knows it does not make up", async () => {
  const server = startServer();
  const { client } = start({ port: server.port });
  expect(client.me).toBe("");
  expect(start({ port: server.port, nick: "ann" }).client.me).toBe("ann");
  expect(() => client.welcome).toThrow(expect.objectContaining({ code: "connect_failed" }));
  await client.typing("lobby");
  expect(client.buffered).toBe(0);
});

test("asks for as many entries as a server gives, when it does not know how many", async () => {
  const server = startServer();
  const { client } = start({ port: server.port });
  const pages = [client.history("lobby"), client.search({ query: "w" })];
  const connection = await server.accept();
  await connection.welcome();
  for (const type of ["history", "search"] as const) {
    const { id: re, limit } = await connection.expect(type);
    expect(limit).toBe(1000);
    connection.say({ type: "page", re, entries: [], more: false });
  }
  await Promise.all(pages);
});

test("judges what it can before a welcome, and lets the server judge the rest", async () => {
  const server = startServer();
  const { client } = start({ port: server.port });
  expect(await failure(client.send("r", "a\u001bb"))).toMatchObject({ field: "text" });
  expect(await failure(client.send("r", "가".repeat(3000)))).toMatchObject({ field: "text" });
  const refused = failure(client.send("r", "가".repeat(22)));
  const sending = client.send("r", "abc");
  const connection = await server.accept();
  await connection.welcome({ limits: { textBytes: 64 } });
  const { id: re } = await connection.expect("send");
  const error = { code: "invalid_message", message: "m", retryable: false, field: "text" };
  connection.say({ type: "error", re, ...error });
  expect(await refused).toMatchObject(error);
  await connection.sent(1);
  expect((await sending).seq).toBe(1);
  expect(client.unsent()).toEqual([]);
});

test("a nick that is taken is the end, as a state; what was said can still be read", async () => {
  const server = startServer();
  const { client, clock, events } = start({ port: server.port, nick: "bob" });
  const outcomes = [failure(client.join("lobby")), failure(client.send("lobby", "hi"))];
  const connection = await server.accept();
  const { id: re } = await connection.expect("hello");
  connection.say({ type: "error", re, code: "nick_taken", message: "m", retryable: true });
  expect(await nextPhase(events, "closed")).toMatchObject({ reason: { code: "nick_taken" } });
  for (const outcome of outcomes) expect((await outcome).code).toBe("nick_taken");
  expect((await client.closed()).code).toBe("nick_taken");
  expect(client.unsent()).toMatchObject([{ text: "hi" }]);
  expect((await events.next()).done).toBe(true);
  expect(clock.pending).toBe(0);
});

test("without retryFirst the first failure is the end", async () => {
  const { client, events } = start({ port: await freePort(), retryFirst: false });
  expect(await nextPhase(events, "closed")).toMatchObject({ reason: { code: "connect_failed" } });
  expect((await failure(client.ping())).code).toBe("connect_failed");
});

test("is given up with its signal until it is online, and not after", async () => {
  const abort = new AbortController();
  const given = start({ port: startServer().port, signal: abort.signal });
  abort.abort("enough");
  const aborted = { reason: { code: "aborted", cause: "enough" } };
  expect(await nextPhase(given.events, "closed")).toMatchObject(aborted);
  const late = start({ port: await freePort(), signal: abort.signal });
  expect((await late.events.next()).value).toMatchObject({ state: aborted });
  const after = new AbortController();
  const server = startServer();
  const { client, events } = start({ port: server.port, signal: after.signal });
  await (await server.accept()).welcome();
  await nextPhase(events, "online");
  after.abort();
  expect(client.state.phase).toBe("online");
});

test("can be closed before it was ever connected", async () => {
  const { client, clock, events } = start({ port: await freePort() });
  await nextPhase(events, "waiting");
  const sending = failure(client.send("lobby", "hi"));
  const closing = client.close({ deadlineMs: 100 });
  clock.advance(100);
  await closing;
  expect((await sending).code).toBe("closed");
  expect(clock.pending).toBe(0);
});

test("throws what is no address, and leaves nothing running when dialling throws", () => {
  const clock = new VirtualClock();
  expect(() => openChat({ port: 0, clock })).toThrow(
    expect.objectContaining({ code: "invalid_url" }),
  );
  const dial = () => {
    throw new Error("no network at all");
  };
  expect(() => openChat({ clock, dialer: { place: "nowhere", dial } })).toThrow(
    "no network at all",
  );
  expect(clock.pending).toBe(0);
});

test("who reads nothing while the server is away has one state to read", async () => {
  let handlers: TransportHandlers | null = null;
  const nothing = { send() {}, pause() {}, resume() {}, end() {}, destroy() {} };
  const transport = { writable: true, firstBytes: null, ...nothing };
  const dial = (given: TransportHandlers) => {
    handlers = given;
    return transport;
  };
  const dialer = { place: "nowhere", dial };
  const { clock, events } = start({ dialer, eventsBuffered: 1, connectTimeoutMs: 1e9 });
  const ended = () => (handlers as TransportHandlers | null)?.ended();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    ended();
    clock.advance(60_000);
  }
  ended();
  expect((await events.next()).value).toMatchObject({ state: { phase: "waiting", attempt: 4 } });
  clock.advance(60_000);
  expect((await events.next()).value).toMatchObject({ state: { phase: "connecting" } });
});
