// The client of any protocol over a WebSocket, against a server that speaks the protocol in text messages.

import { afterEach, expect, test } from "bun:test";
import type { Server, ServerWebSocket } from "bun";
import { connect } from "../src/mod.ts";
import { failure } from "./board.ts";
import { boardProtocol, openProtocol } from "./board-protocol.ts";

type Message = Readonly<Record<string, unknown>>;

const servers: Server<undefined>[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop(true)));
});

/** Greets, and answers `enter` with an event behind it; tells each message that comes. */
function serveBoard(heard: (message: Message, socket: ServerWebSocket) => void = () => {}) {
  const say = (socket: ServerWebSocket, message: Message) =>
    void socket.send(JSON.stringify(message));
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request, server) =>
      server.upgrade(request) ? undefined : new Response("no", { status: 400 }),
    websocket: {
      message(socket, text) {
        const message = JSON.parse(String(text)) as Message;
        const { id: re, board } = message;
        if (message.type === "hello") {
          say(socket, { type: "welcome", re, name: "ann", heartbeatMs: 30_000 });
        }
        if (message.type === "enter") {
          say(socket, { type: "entered", re, cursors: [] });
          say(socket, { type: "moved", board, x: 1, y: 2, name: "안녕" });
        }
        heard(message, socket);
      },
    },
  });
  servers.push(server);
  return { url: `ws://127.0.0.1:${server.port}/ws`, say };
}

const greeting = { token: "t" };

test("calls, notices and events are the same over a WebSocket", async () => {
  const { promise: noticed, resolve } = Promise.withResolvers<Message>();
  const { url } = serveBoard((message) => message.type === "move" && resolve(message));
  await using client = await connect(boardProtocol, { url, greeting });
  expect(await client.call("enter", { board: "a" })).toEqual({ cursors: [] });
  expect(client.notify("move", { board: "a", x: 3, y: 4 })).toBe(true);
  expect(await noticed).toEqual({ type: "move", board: "a", x: 3, y: 4 });
  for await (const event of client.events()) {
    if (event.type !== "moved") continue;
    expect(event).toEqual({ type: "moved", board: "a", x: 1, y: 2, name: "안녕" });
    break;
  }
});

test("a server that closes is come back to, as it says", async () => {
  let greeted = 0;
  const { url, say } = serveBoard(({ type }, socket) => {
    if (type === "hello") greeted += 1;
    if (type !== "move") return;
    say(socket, { type: "close", code: "shutdown", reason: "later", reconnect: "now" });
    socket.close(4002, "shutdown: later");
  });
  const reasons: string[] = [];
  await using client = await connect(boardProtocol, { url, greeting });
  client.notify("move", { board: "a", x: 0, y: 0 });
  for await (const event of client.events()) {
    if (event.type !== "$state") continue;
    if (event.state.phase === "waiting") reasons.push(event.state.reason.code);
    if (event.state.phase === "online" && event.state.again) break;
  }
  expect([greeted, reasons]).toEqual([2, ["shutdown"]]);
});

test("a protocol without a greeting is online when the WebSocket is open", async () => {
  const { url } = serveBoard();
  await using client = await connect(openProtocol, { url });
  expect(await client.call("enter", { board: "a" })).toMatchObject({});
  expect(client.state).toMatchObject({ phase: "online", again: false });
});

test("what is no WebSocket server is told in words", async () => {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("hello") });
  servers.push(server as Server<undefined>);
  const url = `ws://127.0.0.1:${server.port}`;
  const error = await failure(connect(openProtocol, { url }));
  expect(error).toMatchObject({ code: "connect_failed", retryable: true });
  expect(error.message).toStartWith(`No connection to ${url}: `);
  await server.stop(true);
  expect((await failure(connect(openProtocol, { url }))).code).toBe("connect_failed");
});
