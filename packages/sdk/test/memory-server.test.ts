// A program that uses the SDK, tested without a socket.

import { expect, test } from "bun:test";
import { connect } from "../src/mod.ts";
import { MemoryServer } from "../src/testing/mod.ts";
import { failure } from "./board.ts";
import { boardProtocol } from "./board-protocol.ts";

async function meet(options: { eventsBuffered?: number } = {}) {
  const server = new MemoryServer(boardProtocol);
  const { dialer } = server;
  const fixed = { reconnect: { minMs: 1 }, random: () => 0 };
  const connecting = connect(boardProtocol, {
    dialer,
    greeting: { token: "t" },
    ...fixed,
    ...options,
  });
  const peer = await server.accept();
  const hello = await peer.next("hello");
  expect(hello.token).toBe("t");
  peer.reply(hello, { name: "ann", heartbeatMs: 30_000 });
  return { server, peer, client: await connecting };
}

test("calls, notices and events go through memory as over a wire", async () => {
  const { peer, client } = await meet();
  const entering = client.call("enter", { board: "a" });
  peer.reply(await peer.next("enter"), { cursors: [] });
  expect(await entering).toEqual({ cursors: [] });
  client.notify("move", { board: "a", x: 1, y: 2 });
  expect(await peer.heard()).toEqual({ type: "move", board: "a", x: 1, y: 2 });
  peer.say({ type: "moved", board: "a", x: 1, y: 2, name: "bob" });
  const events = client.events();
  await events.next();
  expect((await events.next()).value).toMatchObject({ type: "moved", name: "bob" });
  await client.close();
});

test("a lost connection is come back to", async () => {
  const { server, peer, client } = await meet();
  const lost = failure(client.call("clear", { board: "a", key: "k" }));
  await peer.next("clear");
  peer.end();
  const again = await server.accept();
  again.reply(await again.next("hello"), { name: "ann", heartbeatMs: 30_000 });
  expect((await lost).code).toBe("connection_lost");
  await client.ping({ signal: AbortSignal.abort() }).catch(() => {});
  await client.close();
});

test("a reader who lags is waited for", async () => {
  const { peer, client } = await meet({ eventsBuffered: 2 });
  for (let x = 1; x <= 5; x += 1) peer.say({ type: "moved", board: "a", x, y: 0, name: "bob" });
  const seen: number[] = [];
  for await (const event of client.events()) {
    if (event.type === "moved") seen.push(event.x);
    if (seen.length === 5) break;
  }
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  await client.close();
});

test("a server that no client could meet is refused where it speaks", async () => {
  const { peer, client } = await meet();
  const wrong = { type: "moved", board: "a", x: "one", y: 0, name: "bob" };
  expect(() => peer.say(wrong as never)).toThrow();
  void client.call("enter", { board: "a" }).catch(() => {});
  await expect(peer.next("clear")).rejects.toThrow('"clear" was expected');
  await client.close({ deadlineMs: 0 });
});
