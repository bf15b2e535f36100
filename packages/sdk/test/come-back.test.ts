// A client of any protocol that loses its connection: how it greets again, what is asked again and what
// fails, and what its heartbeat is.

import { afterEach, expect, test } from "bun:test";
import { VirtualClock } from "@maru/testkit";
import { type ClientEvent, connect, MaruError } from "../src/mod.ts";
import { endBoards, failure, kept, type Meeting, meetBoard, startBoard, welcome } from "./board.ts";
import { type Board, boardProtocol, openProtocol } from "./board-protocol.ts";

afterEach(endBoards);

type Events = AsyncIterator<ClientEvent<Board>>;

/** Reads until the client is in this phase. */
async function nextPhase(events: Events, phase: string) {
  for (;;) {
    const { done, value } = await events.next();
    if (done) throw new Error(`the events ended before "${phase}"`);
    if (value.type === "$state" && value.state.phase === phase) return value.state;
  }
}

/** Ends the connection, and takes the next one as far as its welcome. */
async function again({ server, peer, clock }: Meeting, events: Events) {
  peer.socket.reset();
  await nextPhase(events, "waiting");
  clock.advance(10_000);
  return welcome(server, { name: "ann again" });
}

test("it greets again, and tells so among the events", async () => {
  const met = await meetBoard();
  const { client } = met;
  const events = client.events();
  expect(await nextPhase(events, "online")).toMatchObject({ again: false });
  const peer = await again(met, events);
  expect(await nextPhase(events, "online")).toMatchObject({ again: true });
  expect(client.welcome.name).toBe("ann again");
  expect(peer.received.map(({ type }) => type)).toEqual(["hello"]);
});

test("a greeting that is made each time knows the last welcome", async () => {
  const server = startBoard();
  const clock = new VirtualClock();
  const tokens: (string | null)[] = [];
  const greeting = async (last: { name: string } | null) => {
    tokens.push(last?.name ?? null);
    return { token: `token ${tokens.length}` };
  };
  const fixed = { port: server.port, clock, random: () => 0.5 };
  const connecting = connect(boardProtocol, { ...fixed, greeting });
  const peer = await welcome(server);
  const client = kept(await connecting);
  const second = await again({ server, client, peer, clock }, client.events());
  expect(tokens).toEqual([null, "ann"]);
  expect([peer, second].map(({ received }) => received[0]?.token)).toEqual(["token 1", "token 2"]);
});

test("what is marked to be done again is asked again; the rest fails", async () => {
  const met = await meetBoard();
  const { client, peer } = met;
  const events = client.events();
  const once = failure(client.call("clear", { board: "a", key: "k" }));
  const entering = client.call("enter", { board: "a" }, { retry: true });
  await peer.take(2, ({ type }) => type !== "hello");
  const next = await again(met, events);
  expect(await once).toMatchObject({ code: "connection_lost", retryable: true });
  await next.send({ type: "entered", re: (await next.next("enter")).id, cursors: [] });
  expect(await entering).toEqual({ cursors: [] });
  expect(next.ofType("clear")).toEqual([]);
});

test("a call between two connections waits for the next one", async () => {
  const met = await meetBoard();
  const { client, peer, server, clock } = met;
  const events = client.events();
  peer.socket.reset();
  await nextPhase(events, "waiting");
  const entering = client.call("enter", { board: "a" });
  client.reconnect();
  const next = await welcome(server);
  await next.send({ type: "entered", re: (await next.next("enter")).id, cursors: [] });
  expect(await entering).toEqual({ cursors: [] });
  expect(clock.nowMs()).toBe(0);
});

test("the outbox keeps the order, one at a time, across refusals that pass and lost connections", async () => {
  const met = await meetBoard();
  const { client, peer, clock } = met;
  const events = client.events();
  const outbox = { outbox: true };
  const cleared = ["1", "2", "3"].map((key) => client.call("clear", { board: "a", key }, outbox));
  expect(client.unsent()).toMatchObject([{ key: "1" }, { key: "2" }, { key: "3" }]);
  const first = await peer.next("clear");
  const refusal = { code: "busy", message: "m", retryable: true, retryAfterMs: 100 };
  await peer.send({ type: "error", re: first.id, ...refusal });
  // Heard in order: a pong behind the refusal.
  const pong = client.ping();
  await peer.send({ type: "pong", re: (await peer.next("ping")).id });
  await pong;
  clock.advance(100);
  const repeated = await peer.next("clear");
  expect([first.key, repeated.key, peer.untaken]).toEqual(["1", "1", 0]);
  await peer.send({ type: "cleared", re: repeated.id });
  expect((await peer.next("clear")).key).toBe("2");
  const next = await again(met, events);
  for (const key of ["2", "3"]) {
    const command = await next.next("clear");
    expect(command.key).toBe(key);
    await next.send({ type: "cleared", re: command.id });
  }
  expect(await Promise.all(cleared)).toEqual([{}, {}, {}]);
  expect([client.buffered, client.unsent()]).toEqual([0, []]);
  await client.drained();
});

test("what the outbox can't hold is refused, and what is left at the end is told", async () => {
  const { client, peer, clock } = await meetBoard({ outboxBytesMax: 60 });
  const outbox = { outbox: true };
  const left = failure(client.call("clear", { board: "a", key: "x".repeat(40) }, outbox));
  const refused = await failure(client.call("clear", { board: "a", key: "k" }, outbox));
  expect(refused.code).toBe("outbox_full");
  await peer.next("clear");
  const closing = client.close({ deadlineMs: 50 });
  clock.advance(50);
  await closing;
  expect((await left).code).toBe("closed");
  expect(client.unsent()).toHaveLength(1);
});

test.each([
  [false, "unauthorized"],
  [true, "busy"],
])("a refused first greeting rejects, with its code (retryable: %p)", async (retryable, code) => {
  const server = startBoard();
  const connecting = failure(
    connect(boardProtocol, { port: server.port, greeting: { token: "" } }),
  );
  const peer = await server.accept();
  const { id } = await peer.next("hello");
  await peer.send({ type: "error", re: id, code, message: "no", retryable });
  expect(await connecting).toMatchObject({ code, retryable, message: "no" });
});

test.each([
  ["greeting_failed", new Error("no token to be had")],
  ["expired", new MaruError({ code: "expired", message: "m", retryable: false })],
])("a greeting that can't be made rejects with %s", async (code, cause) => {
  const { port } = startBoard();
  const greeting = () => Promise.reject(cause);
  expect((await failure(connect(boardProtocol, { port, greeting }))).code).toBe(code);
  const thrown = () => {
    throw cause;
  };
  expect((await failure(connect(boardProtocol, { port, greeting: thrown }))).code).toBe(code);
});

test("a greeting that breaks a rule is not sent", async () => {
  const { port } = startBoard();
  const greeting = { token: 1 } as unknown as { token: string };
  const error = await failure(connect(boardProtocol, { port, greeting }));
  expect(error).toMatchObject({ code: "invalid_message", field: "token" });
});

test("a greeting that is answered by something else is refused", async () => {
  const server = startBoard();
  const connecting = failure(
    connect(boardProtocol, { port: server.port, greeting: { token: "" } }),
  );
  const peer = await server.accept();
  const { id } = await peer.next("hello");
  await peer.send({ type: "cleared", re: id });
  expect(await connecting).toMatchObject({ code: "protocol_error" });
});

test("the greeting's reply names the heartbeat", async () => {
  const server = startBoard();
  const clock = new VirtualClock();
  const greeting = { token: "t" };
  const connecting = connect(boardProtocol, { port: server.port, clock, greeting });
  const peer = await welcome(server, { heartbeatMs: 4_000 });
  kept(await connecting);
  clock.advance(1_999);
  expect(peer.untaken).toBe(0);
  clock.advance(1);
  expect((await peer.next()).type).toBe("ping");
});

test.each([
  [undefined, 15_000],
  [1_000, 500],
])("without a greeting the heartbeat is an option (%p)", async (heartbeatMs, pingMs) => {
  const server = startBoard();
  const clock = new VirtualClock();
  const client = kept(await connect(openProtocol, { port: server.port, clock, heartbeatMs }));
  const peer = await server.accept();
  expect(client.welcome).toBeNull();
  clock.advance(pingMs - 1);
  expect(clock.pending).toBe(1);
  clock.advance(1);
  expect((await peer.next()).type).toBe("ping");
});

test.each([
  ["heartbeatMs", 99],
  ["heartbeatMs", 3_600_001],
  ["inflightMax", 0],
  ["inflightMax", 1.5],
])("%s of %p is refused", async (name, value) => {
  const error = await failure(connect(openProtocol, { port: 1, [name]: value }));
  expect(error).toMatchObject({ code: "invalid_option" });
  expect(error.message).toContain(name);
});

test.each([
  [{}, "There is no url and no port."],
  [{ port: 0 }, "A port is 1 to 65535."],
  [{ port: 65_536 }, "A port is 1 to 65535."],
  [{ url: "tcp://host:0" }, "A port is 1 to 65535."],
  [{ url: "http://host" }, "An address is ws://…, wss://… or tcp://host:port."],
  [{ url: "ws://" }, "This is no address of a server."],
])("%p is no address", async (address, message) => {
  const error = await failure(connect(openProtocol, address));
  expect(error).toMatchObject({ code: "invalid_url", message });
});

test("a url of TCP leads there, and onState hears every state", async () => {
  const { port } = startBoard();
  const phases: string[] = [];
  const onState = ({ phase }: { phase: string }) => void phases.push(phase);
  const client = await connect(openProtocol, { url: `tcp://127.0.0.1:${port}`, onState });
  await client.close();
  expect(phases).toEqual(["connecting", "online", "closed"]);
  expect((await client.closed()).code).toBe("closed");
});
