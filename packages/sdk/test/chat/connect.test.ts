// Connecting: the greeting, its refusals, and the ways to give up.

import { afterEach, expect, test } from "bun:test";
import { VirtualClock } from "@maru/testkit";
import { connectChat } from "../../src/chat/mod.ts";
import { FakeServer } from "./fake-server.ts";
import { endMeetings, failure, meet, startServer } from "./meet.ts";

afterEach(endMeetings);

test("says hello with its nick and is online once welcomed", async () => {
  const server = startServer();
  const connecting = connectChat({ port: server.port, nick: "민수", client: "test/1" });
  const connection = await server.accept();
  const hello = await connection.welcome();
  const client = await connecting;
  expect(hello).toMatchObject({ versions: [1], nick: "민수", client: "test/1" });
  expect(hello.resume).toBeUndefined();
  expect(client.state).toMatchObject({ phase: "online", nick: "민수" });
  expect(client.me).toBe("민수");
  expect(client.welcome.limits.textBytes).toBe(8192);
  await client.close();
  expect(client.state.phase).toBe("closed");
});

test("rejects when no server listens", async () => {
  const server = new FakeServer();
  const { port } = server;
  server.stop();
  const error = await failure(connectChat({ port }));
  expect(error.code).toBe("connect_failed");
  expect(error.retryable).toBe(true);
  expect(error.message).toContain(`127.0.0.1:${port}`);
});

test("rejects with the server's error when the nick is taken", async () => {
  const server = startServer();
  const connecting = failure(connectChat({ port: server.port, nick: "bob", retryFirst: true }));
  const connection = await server.accept();
  const { id: re } = await connection.expect("hello");
  const message = "in use";
  connection.say({
    type: "error",
    re,
    code: "nick_taken",
    message,
    retryable: true,
    field: "nick",
  });
  expect(await connecting).toMatchObject({ code: "nick_taken", field: "nick", message });
});

test("rejects when the server closes for ever instead of welcoming", async () => {
  const server = startServer();
  const connecting = failure(connectChat({ port: server.port, retryFirst: true }));
  const connection = await server.accept();
  await connection.expect("hello");
  connection.say({ type: "close", code: "banned", reason: "go away", reconnect: "never" });
  expect(await connecting).toMatchObject({ code: "banned", message: "go away", retryable: false });
});

test("keeps trying the first connection when told to", async () => {
  const server = startServer();
  const connecting = connectChat({ port: server.port, retryFirst: true, reconnect: { minMs: 1 } });
  const first = await server.accept();
  await first.expect("hello");
  first.say({ type: "close", code: "shutdown", reason: "later", reconnect: "now" });
  const second = await server.accept();
  await second.welcome();
  const client = await connecting;
  expect(client.state.phase).toBe("online");
  await client.close();
});

test("gives up connecting when the signal is aborted", async () => {
  const server = startServer();
  const abort = new AbortController();
  const connecting = failure(connectChat({ port: server.port, signal: abort.signal }));
  const connection = await server.accept();
  await connection.expect("hello");
  abort.abort("enough");
  expect(await connecting).toMatchObject({ code: "aborted", cause: "enough" });
  await connection.closed;
});

test("delivers what is asked for before close, and refuses what comes after", async () => {
  const { client, connection } = await meet();
  const sending = client.send("lobby", "last words");
  const closing = client.close();
  expect((await failure(client.ping())).code).toBe("closed");
  await connection.sent(1);
  expect((await sending).seq).toBe(1);
  await closing;
  await connection.closed;
  await client.close();
});

test("close rejects at its deadline what is still unanswered", async () => {
  const { client, connection, clock } = await meet();
  const sending = failure(client.send("lobby", "hello?"));
  await connection.expect("send");
  const closing = client.close({ deadlineMs: 100 });
  clock.advance(100);
  await closing;
  expect((await sending).code).toBe("closed");
});

test.each([0, -1, 65_536, 70_000, 1.5, Number.NaN])(
  "refuses the port %p with a typed error, and leaves nothing running",
  async (port) => {
    const clock = new VirtualClock();
    expect((await failure(connectChat({ port, clock }))).code).toBe("invalid_url");
    expect(clock.pending).toBe(0);
  },
);

test("leaves nothing running when dialling throws", async () => {
  const clock = new VirtualClock();
  const dial = () => {
    throw new Error("no network at all");
  };
  await expect(connectChat({ clock, dialer: { place: "nowhere", dial } })).rejects.toThrow(
    "no network at all",
  );
  expect(clock.pending).toBe(0);
});
