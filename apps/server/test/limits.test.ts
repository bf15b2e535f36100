// The bounds that can be set, as a peer meets them: who is turned away is told, and no other notices.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import type { PeerMessage, ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { connect, endServers, greet, hello, start } from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterEach(endServers);

/** Connects until it is let in: a place is free a moment after its last holder has seen its end. */
async function greetWhenThereIsRoom(server: ServerProcess, nick: string): Promise<PeerMessage> {
  for (;;) {
    const peer = await connect(server);
    await peer.send(hello(nick));
    const first = await peer.next();
    if (first.type === "welcome") return first;
    expect(first).toMatchObject({ code: "too_many_connections" });
    await peer.closed();
  }
}

for (const workers of ["0", "2"]) {
  test(`with --max-connections 3 and ${workers} workers the 4th is turned away, and its place can be had later`, async () => {
    const server = await start("--max-connections", "3", "--workers", workers);
    const people = [];
    for (const nick of ["a", "b", "c"]) people.push(await greet(server, nick));
    const fourth = await connect(server);
    expect(await fourth.next()).toMatchObject({
      type: "close",
      code: "too_many_connections",
      reconnect: "backoff",
    });
    expect(await fourth.closed()).toBe("closed");
    for (const peer of people) {
      expect(await peer.ask({ type: "ping", id: 9 })).toMatchObject({ type: "pong" });
    }
    const [first] = people;
    first?.socket.end();
    await first?.closed();
    expect(await greetWhenThereIsRoom(server, "d")).toMatchObject({ nick: "d" });
  });
}

test("with --max-connections-per-ip 2 the 3rd of an address is turned away", async () => {
  const server = await start("--max-connections-per-ip", "2", "--workers", "0");
  await greet(server, "a");
  await greet(server, "b");
  const third = await connect(server);
  expect(await third.next()).toMatchObject({ type: "close", code: "too_many_from_address" });
});

const sends = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    type: "send",
    id: 10 + at,
    room: "a",
    text: `${at}`,
  }));

test("with --send-rate 5 --send-burst 5 the 6th of a burst is refused, and the session lives on", async () => {
  const server = await start("--send-rate", "5", "--send-burst", "5", "--workers", "0");
  const [mina, jun] = [await greet(server, "mina"), await greet(server, "jun")];
  await mina.ask({ type: "join", id: 2, room: "a" });
  await jun.ask({ type: "join", id: 2, room: "a" });
  await mina.send(...sends(20));
  const refused = await mina.next("error");
  expect(refused).toMatchObject({ code: "rate_limited", retryable: true });
  expect(refused.retryAfterMs).toBeGreaterThan(0);
  expect(refused.retryAfterMs).toBeLessThanOrEqual(200 * 5);
  expect(await mina.ask({ type: "ping", id: 3 })).toMatchObject({ type: "pong" });
  expect(await jun.ask({ type: "send", id: 3, room: "a", text: "mine" })).toMatchObject({
    type: "sent",
  });
  const answers = mina.received.filter(({ re }) => Number(re) >= 10);
  expect(answers).toHaveLength(20);
  expect(answers.filter(({ type }) => type === "sent").length).toBeLessThan(10);
});

test("with --send-rate 0 no session is too fast", async () => {
  const server = await start("--send-rate", "0", "--send-burst", "1", "--workers", "0");
  const mina = await greet(server, "mina");
  await mina.ask({ type: "join", id: 2, room: "a" });
  await mina.send(...sends(3_000));
  await mina.take(3_000, "sent");
  expect(mina.received.filter(({ type }) => type === "error")).toEqual([]);
});

test("with --command-rate other commands are limited, and sends aren't", async () => {
  const server = await start("--command-rate", "1", "--command-burst", "3", "--workers", "0");
  const mina = await greet(server, "mina");
  await mina.ask({ type: "join", id: 2, room: "a" });
  await mina.send(...Array.from({ length: 20 }, (_, at) => ({ type: "ping", id: 10 + at })));
  const answers = await mina.take(20, ({ re }) => Number(re) >= 10);
  const refused = answers.filter(({ code }) => code === "rate_limited");
  expect(refused.length).toBeGreaterThan(10);
  expect(await mina.ask({ type: "send", id: 5, room: "a", text: "hi" })).toMatchObject({
    type: "sent",
  });
});

test("who says no hello within --hello-ms is told, and others are not disturbed", async () => {
  const server = await start("--hello-ms", "50", "--workers", "0");
  const mina = await greet(server, "mina");
  const silent = await connect(server);
  const slow = await connect(server);
  await slow.sendBytes(encodeFrame('{"type":"hello"}').subarray(0, 7));
  for (const peer of [silent, slow]) {
    expect(await peer.next()).toMatchObject({ code: "hello_timeout", reconnect: "backoff" });
    await peer.closed();
  }
  expect(await mina.ask({ type: "ping", id: 2 })).toMatchObject({ type: "pong" });
});

test("who is silent for longer than --heartbeat-ms and its grace is told, and its nick is free", async () => {
  const server = await start(
    "--heartbeat-ms",
    "100",
    "--heartbeat-grace-ms",
    "0",
    "--workers",
    "0",
  );
  const silent = await greet(server, "mina");
  expect(silent.received[0]).toMatchObject({ heartbeatMs: 100 });
  expect(await silent.next("close")).toMatchObject({ code: "heartbeat_timeout", reconnect: "now" });
  await silent.closed();
  await greet(server, "mina");
});

test("before hello a frame may have 4096 bytes, afterwards as many as are set", async () => {
  const server = await start("--workers", "0");
  const paddedHello = (bytes: number) => {
    const head = '{"type":"hello","id":1,"versions":[1],"client":"test"';
    return encodeFrame(`${head}${" ".repeat(bytes - head.length - 1)}}`);
  };
  const fits = await connect(server);
  await fits.sendBytes(paddedHello(4_096));
  expect(await fits.next()).toMatchObject({ type: "welcome", limits: { frameBytes: 65_536 } });
  const ping = '{"type":"ping","id":2';
  await fits.sendText(`${ping}${" ".repeat(65_535 - ping.length)}}`);
  expect(await fits.next()).toMatchObject({ type: "pong" });
  const tooLong = await connect(server);
  await tooLong.sendBytes(paddedHello(4_097));
  expect(await tooLong.next()).toMatchObject({ code: "frame_too_large", reconnect: "never" });
  await fits.sendText(`${ping}${" ".repeat(65_536 - ping.length)}}`);
  expect(await fits.next("close")).toMatchObject({ code: "frame_too_large" });
});

test("stray HTTP is turned away at its first four bytes", async () => {
  const server = await start("--workers", "0");
  const browser = await connect(server);
  await browser.sendBytes(Buffer.from("GET "));
  expect(await browser.next()).toMatchObject({ type: "close", code: "frame_too_large" });
  expect(await browser.closed()).toBe("closed");
});
